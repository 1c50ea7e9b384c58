import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import type { Injection, Proof } from '../../driver.ts'
import type { Pod } from './cluster-objects.ts'
import type { ClusterContext } from './context.ts'
import { endExperiment } from './end-experiment.ts'
import type { Planned } from './planned.ts'
import { allReady, podsAt } from './pods.ts'

/** What a cluster needs to make pods anew, at most; assumption. */
const backWithinMs = 120_000
const lookEveryMs = 500
const doneWithinMs = 10_000

const never = new AbortController().signal

/** Pods are deleted once; whoever runs them makes them anew. Rejects when Chaos Mesh does not do it; its object is ended then. */
export const injectKill = async (planned: Planned, context: ClusterContext): Promise<Injection> => {
  const before = await podsAt(planned.place, context)
  await killOnce(planned.manifest, context)
  const injectedUnixMs = context.clock.nowUnixMs()
  const chosen = planned.place.mode.kind === 'one' ? 1 : before.length
  const over = backAgain(planned, { before, chosen }, context)
  // Whoever restores hears of it.
  over.catch(() => {})
  return {
    injectedUnixMs,
    over,
    prove: () => ended(planned, { before, chosen }, context),
    restore: async () => {
      await endExperiment(planned.manifest, context)
      return over
    },
    proveGone: async () => allReady(planned.fault.component, await podsAt(planned.place, context), before.length),
  }
}

/** The pods there were, and how many of them are to end. */
interface Victims {
  readonly before: readonly Pod[]
  readonly chosen: number
}

/** Makes it, waits until it has happened, and takes the object away, so that its name can be used again. */
export const killOnce = async (manifest: SafeExperiment, context: ClusterContext): Promise<void> => {
  const { client } = context
  try {
    const made = await client.create(manifest)
    const injection = await client.waitForInjected(made, { withinMs: doneWithinMs })
    if (injection.kind === 'not-injected') throw new Error(injection.sentence)
  } finally {
    await endExperiment(manifest, context)
  }
}

const goneOf = (before: readonly Pod[], now: readonly Pod[]): number =>
  before.filter(({ metadata: { uid } }) => !now.some(({ metadata }) => metadata.uid === uid)).length

/** The API server itself tells which pods there are: the effect is measured there. */
export const ended = async (
  { fault, place }: Planned,
  { before, chosen }: Victims,
  context: ClusterContext,
): Promise<Proof> => {
  const gone = goneOf(before, await podsAt(place, context))
  return { holds: chosen > 0 && gone >= chosen, sentence: `${fault.component}: ${gone} of ${before.length} pods ended` }
}

/** Resolves to when as many pods as before are ready and those that were to end are gone; rejects when that does not come. */
export const backAgain = async (
  { fault, place }: Planned,
  { before, chosen }: Victims,
  context: ClusterContext,
): Promise<number> => {
  const { clock } = context
  const endUnixMs = clock.nowUnixMs() + backWithinMs
  let said = 'no answer'
  while (clock.nowUnixMs() < endUnixMs) {
    // An API server that is away is asked again.
    const now = await podsAt(place, context).catch(() => undefined)
    const ready = now && allReady(fault.component, now, before.length)
    if (now && ready?.holds && goneOf(before, now) >= chosen) return clock.nowUnixMs()
    said = ready?.sentence ?? said
    await clock.sleepUntil(clock.nowUnixMs() + lookEveryMs, never)
  }
  throw new Error(`expected ${fault.component} to be ready again within ${backWithinMs / 1000} s, got ${said}`)
}
