import { ChaosMeshError } from '../../../../chaos-mesh/chaos-mesh-error.ts'
import { type ExperimentKind, experimentKinds } from '../../../../chaos-mesh/kinds.ts'
import { ownLabels } from '../planned.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'

/** What another run has left in the namespace, or makes there just now. */
export const leftFindings = async ({ client, target: { namespace } }: Preflight): Promise<readonly Finding[]> => {
  const labelSelector = Object.entries(ownLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  // The keys of a constant are what its type says.
  const kinds = Object.keys(experimentKinds) as readonly ExperimentKind[]
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const objects = await client.list(kind, { namespace, labelSelector }).catch(noneOf)
      return objects.map(({ metadata }) => `${kind} ${namespace}/${metadata.name}`)
    }),
  )
  const names = found.flat()
  if (names.length === 0) return []
  const message = `expected no experiment of another run, got ${names.join(', ')}`
  return [
    { kind: 'forbidden', message, hint: 'wait until that run has ended, or run collaudo restore where it was started' },
  ]
}

/** Of a kind that is not installed, or may not be seen, there is none of ours. */
const noneOf = (error: unknown): [] => {
  if (error instanceof ChaosMeshError && (error.kind === 'not-installed' || error.kind === 'forbidden')) return []
  throw error
}
