import type { Cluster } from '../cluster.ts'
import type { Budget, Pod } from '../cluster-objects.ts'
import type { Finding } from './finding.ts'
import type { Hit } from './targets.ts'

/** Pods are deleted past every PodDisruptionBudget: what their owners wrote there is asked beforehand. */
export const budgetFindings = async (hits: readonly Hit[], cluster: Cluster): Promise<readonly Finding[]> => {
  const killing = hits.filter(({ planned: { manifest } }) => manifest.kind === 'PodChaos')
  const findings = await Promise.all(
    killing.map(async (hit) => {
      const budgets = await cluster.budgets(hit.planned.place.namespace)
      return budgets
        .filter((budget) => hit.pods.some((pod) => covers(budget, pod)))
        .flatMap((budget) => judged(hit, budget))
    }),
  )
  return findings.flat()
}

const covers = ({ spec: { selector } }: Budget, { metadata: { labels = {} } }: Pod): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value)

const judged = ({ planned: { fault }, chosen }: Hit, { metadata, status }: Budget): readonly Finding[] => {
  const allowed = status?.disruptionsAllowed ?? 0
  if (chosen <= allowed) return []
  return [
    {
      kind: 'forbidden',
      message: `expected at most ${allowed} pods to be ended, as the PodDisruptionBudget ${metadata.name} allows now, got ${chosen} by ${fault.kind} on ${fault.component}`,
      hint: 'hit one replica (recup#1), or agree on another budget with its owners',
    },
  ]
}
