import type { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { ChaosMeshTarget } from '../../../model/chaos-mesh-target.ts'
import { Failure } from '../../../model/failure.ts'
import type { Cluster } from './cluster.ts'
import type { Pod } from './cluster-objects.ts'
import type { Planned } from './planned.ts'
import { budgetFindings } from './preflight/budgets.ts'
import { controllerFindings } from './preflight/controller.ts'
import { daemonFindings } from './preflight/daemons.ts'
import { type Finding, isRefusal } from './preflight/finding.ts'
import { leftFindings } from './preflight/left-over.ts'
import { namespaceFindings } from './preflight/namespaces.ts'
import { rightFindings } from './preflight/rights.ts'
import { type Hit, hitsOf, radiusFindings } from './preflight/targets.ts'

/** What is about to be broken, and where. */
export interface Preflight {
  readonly target: ChaosMeshTarget
  readonly planned: readonly Planned[]
  readonly cluster: Cluster
  readonly client: ChaosMeshClient
}

/**
 * Looks at everything that would keep an experiment from being conducted or from being ended, and changes nothing. Resolves to what it will hit, a
 * line each. Throws one Failure with all that was found: `usage` for what has to be mended, `refused` for what would go too far; ChaosMeshErrors
 * where the cluster cannot be asked.
 */
export const preflight = async (request: Preflight): Promise<readonly string[]> => {
  const { cluster, planned } = request
  await cluster.send('to give its version', { method: 'GET', path: '/version' })
  stopAt(await rightFindings(request))
  await mustBeInstalled(request)
  const hits = await hitsOf(planned, cluster)
  const controller = await controllerFindings(request, hits)
  const found = await Promise.all([
    daemonFindings(request, hits),
    namespaceFindings(request, controller.filtersNamespaces),
    budgetFindings(hits, cluster),
    leftFindings(request),
    radiusFindings(request, hits),
  ])
  stopAt([...controller.findings, ...found.flat()])
  return [`Chaos Mesh ${controller.version}`, ...controller.warnings, ...hits.map(inWords)]
}

const stopAt = (findings: readonly Finding[]): void => {
  if (findings.length === 0) return
  const hints = [...new Set(findings.map(({ hint }) => hint))]
  // What is missing is mended first: only then what it would do can be seen.
  const kind = findings.every(isRefusal) ? 'refused' : 'usage'
  throw new Failure(kind, findings.map(({ message }) => message).join('\n'), hints.join('; '))
}

/** A kind that the API server does not know is told by its own error. */
const mustBeInstalled = async ({ client, planned, target: { namespace } }: Preflight): Promise<void> => {
  const kinds = new Set(planned.map(({ manifest }) => manifest.kind))
  for (const kind of kinds) await client.list(kind, { namespace })
}

const inWords = ({ planned: { fault, place }, pods, chosen, peers }: Hit): string => {
  const some = chosen < pods.length ? `${chosen} of ` : ''
  const alone = pods.length === 1 ? ', for which no other pod stands in' : ''
  const link = fault.kind === 'partition' ? ' and' : ', towards'
  const others = place.peer?.kind === 'pods' && peers ? `${link} ${place.peer.namespace}/${namesOf(peers)}` : ''
  return `${fault.kind} on ${fault.component}: ${some}${place.namespace}/${namesOf(pods)}${others}${alone}`
}

const namesOf = (pods: readonly Pod[]): string => pods.map(({ metadata }) => metadata.name).join(', ')
