import type { Cluster } from '../cluster.ts'
import type { Budget, Expression, Pod } from '../cluster-objects.ts'
import type { Finding } from './finding.ts'
import { struckBy } from './strike.ts'
import type { Hit } from './targets.ts'

/** Pods are deleted past every PodDisruptionBudget: what their owners wrote there is asked beforehand, for all faults of an experiment together. */
export const budgetFindings = async (hits: readonly Hit[], cluster: Cluster): Promise<readonly Finding[]> => {
  const killing = hits.filter(({ planned: { manifest } }) => manifest.kind === 'PodChaos')
  const namespaces = [...new Set(killing.map(({ planned: { place } }) => place.namespace))]
  const findings = await Promise.all(
    namespaces.map(async (namespace) => {
      const there = killing.filter(({ planned: { place } }) => place.namespace === namespace)
      return (await cluster.budgets(namespace)).flatMap((budget) => judged(budget, there))
    }),
  )
  return findings.flat()
}

/** Without a selector a budget is for no pod, with an empty one for each. */
const covers = ({ spec: { selector } }: Budget, { metadata: { labels = {} } }: Pod): boolean => {
  if (selector === undefined || selector === null) return false
  const { matchLabels, matchExpressions } = selector
  const isLike = Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value)
  return isLike && (matchExpressions ?? []).every((expression) => holds(expression, labels))
}

const holds = ({ key, operator, values }: Expression, labels: Readonly<Record<string, string>>): boolean => {
  const value = labels[key]
  const isAmong = value !== undefined && (values ?? []).includes(value)
  switch (operator) {
    case 'In':
      return isAmong
    case 'NotIn':
      return !isAmong
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
  }
}

const judged = (budget: Budget, hits: readonly Hit[]): readonly Finding[] => {
  const { metadata, status } = budget
  const strikes = hits
    .map(({ planned, pods, chosen }) => ({ planned, pods: pods.filter((pod) => covers(budget, pod)), chosen }))
    .filter(({ pods }) => pods.length > 0)
  const ended = struckBy(strikes.map(({ pods, chosen }) => ({ pods, chosen: Math.min(chosen, pods.length) })))
  const allowed = status?.disruptionsAllowed ?? 0
  if (ended <= allowed) return []
  const by = strikes.map(({ planned: { fault } }) => `${fault.kind} on ${fault.component}`).join(', ')
  return [
    {
      kind: 'forbidden',
      message: `expected at most ${allowed} pods to be ended, as the PodDisruptionBudget ${metadata.name} allows now, got ${ended} by ${by}`,
      hint: 'hit one replica (recup#1), or agree on another budget with its owners',
    },
  ]
}
