import { podKill } from '../../../chaos-mesh/builders/pod-kill.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { Injection } from '../../driver.ts'
import type { Pod } from './cluster-objects.ts'
import type { ClusterContext } from './context.ts'
import { endExperiment } from './end-experiment.ts'
import { backAgain, ended, killOnce } from './kill-injection.ts'
import type { Planned } from './planned.ts'
import { allReady, podsAt } from './pods.ts'

/** One pod after the other ends, the oldest first, until it is restored. A Schedule would kill at random, and nothing would end it. */
export const injectRollingRestart = async (
  planned: Planned,
  { everyMs }: FaultOf<'rolling-restart'>,
  context: ClusterContext,
): Promise<Injection> => {
  const before = await podsAt(planned.place, context)
  const end = new AbortController()
  const killing = killInTurn(planned, { everyMs, signal: end.signal }, context)
  return {
    injectedUnixMs: context.clock.nowUnixMs(),
    prove: () => ended(planned, { before, chosen: 1 }, context),
    restore: async () => {
      end.abort()
      await killing
      await endExperiment(planned.manifest, context)
      return backAgain(planned, { before, chosen: 0 }, context)
    },
    proveGone: async () => allReady(planned.fault.component, await podsAt(planned.place, context), before.length),
  }
}

const killInTurn = async (
  planned: Planned,
  { everyMs, signal }: { readonly everyMs: number; readonly signal: AbortSignal },
  context: ClusterContext,
): Promise<void> => {
  const { clock } = context
  while (!signal.aborted) {
    // One that could not be ended is passed over: the next turn comes.
    await killOldest(planned, context).catch(() => {})
    await clock.sleepUntil(clock.nowUnixMs() + everyMs, signal)
  }
}

const killOldest = async (
  { manifest, place: { namespace, ...place } }: Planned,
  context: ClusterContext,
): Promise<void> => {
  const pods = await podsAt({ namespace, ...place }, context)
  const [oldest] = pods.toSorted(byAge)
  if (oldest === undefined) return
  const { name, labels } = manifest.metadata
  const selector = { pods: { [namespace]: [oldest.metadata.name] } }
  const naming = { name, namespace: manifest.metadata.namespace, ...(labels && { labels }) }
  await killOnce(podKill({ ...naming, selector, mode: { kind: 'one' } }), context)
}

const byAge = (one: Pod, other: Pod): number =>
  (one.metadata.creationTimestamp ?? '').localeCompare(other.metadata.creationTimestamp ?? '')
