import type { Fault } from '../../../model/fault.ts'
import { silenceMs } from '../links/link-effect.ts'
import type { Probed } from '../links/probe.ts'
import type { Pod } from './cluster-objects.ts'
import type { ClusterContext } from './context.ts'
import { measuredAt } from './effect.ts'
import type { Place } from './place.ts'
import { podsAt } from './pods.ts'

/** What was there before a fault. */
export interface Usual {
  readonly pods: readonly Pod[]
  /** What the health check answered, where the effect can be measured there. */
  readonly answer?: Probed
}

/** Looks at the pods of a place, and asks its health check where the effect of the fault will be measured. */
export const usualOf = async (fault: Fault, place: Place, context: ClusterContext): Promise<Usual> => {
  const url = measuredAt(fault, place)
  const pods = await podsAt(place, context)
  return url === undefined ? { pods } : { pods, answer: await context.ask(url, silenceMs) }
}
