import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import type { ChaosMeshTarget } from '../../../model/chaos-mesh-target.ts'
import type { Experiment } from '../../../model/experiment.ts'
import type { Fault } from '../../../model/fault.ts'
import { beyondReach, manifestOf } from './manifest-of.ts'
import { type Place, placeOf } from './place.ts'

/** A fault of an experiment, where it hits, and the manifest by which it is made. */
export interface Planned {
  readonly id: string
  readonly fault: Fault
  readonly place: Place
  readonly manifest: SafeExperiment
}

/** A run that an experiment is part of. */
export interface PlanRequest {
  readonly run: string
  readonly target: ChaosMeshTarget
}

/** Everything of ours, on any cluster. */
export const ownLabels = { 'app.kubernetes.io/managed-by': 'collaudo' } as const

/** Chaos Mesh counts from the creation, in whole seconds; whoever ends it in time needs it to be there still. */
const marginMs = 15_000

/** The fault as it is to be made, or why it cannot be. `lastsMs`: how long it is to be there. */
export const plannedOf = (
  fault: Fault,
  { id, lastsMs }: { readonly id: string; readonly lastsMs: number },
  { run, target }: PlanRequest,
): Planned | string => {
  const reason = beyondReach(fault)
  if (reason !== undefined) return reason
  const place = placeOf(fault.component, target)
  if (typeof place === 'string') return place
  const manifest = manifestOf(fault, {
    name: nameOf(run, id),
    namespace: target.namespace,
    labels: { ...ownLabels, 'collaudo/run': run },
    place,
    durationMs: Math.ceil(lastsMs / 1000) * 1000 + marginMs,
  })
  return typeof manifest === 'string' ? manifest : { id, fault, place, manifest }
}

/** What is looked at of an experiment. */
type Asked = Pick<Experiment, 'faults'> & Partial<Pick<Experiment, 'encrypted'>>

/** All faults of an experiment, each with its name, or every reason why it cannot be done. */
export const planOf = (
  { faults, encrypted = [] }: Asked,
  request: PlanRequest,
): { readonly planned: readonly Planned[]; readonly problems: readonly string[] } => {
  const all = faults.map(({ fault, lastsMs }, index) => plannedOf(fault, { id: `f${index + 1}`, lastsMs }, request))
  return {
    planned: all.filter((one) => typeof one !== 'string'),
    problems: [
      ...all.flatMap((one, index) =>
        typeof one === 'string' ? [`faults.${index}: ${faults[index]?.fault.kind}: ${one}`] : [],
      ),
      ...encrypted.map((way) => `encrypted: ${way} is as its owners have made it`),
    ],
  }
}

/** Known before it is made, so that the journal can tell of it. */
export const nameOf = (run: string, id: string): string => `collaudo-${run}-${id}`.toLowerCase()
