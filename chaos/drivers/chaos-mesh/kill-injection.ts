import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import type { Injection, Proof } from '../../driver.ts'
import type { Pod } from './cluster-objects.ts'
import type { ClusterContext } from './context.ts'
import { createdOrLost } from './created-or-lost.ts'
import { endExperiment } from './end-experiment.ts'
import type { Planned } from './planned.ts'
import { allReady, podsAt } from './pods.ts'

/** What a cluster needs to make pods anew, at most; assumption. */
const backWithinMs = 120_000
const lookEveryMs = 500
const doneWithinMs = 10_000

const never = new AbortController().signal

/** Pods are deleted once; whoever runs them makes them anew. Rejects only when nothing was made. */
export const injectKill = async (planned: Planned, context: ClusterContext): Promise<Injection> => {
  const before = await podsAt(planned.place, context)
  const isDone = await happens(planned.manifest, context)
  const injectedUnixMs = context.clock.nowUnixMs()
  const chosen = planned.place.mode.kind === 'one' ? 1 : before.length
  // What has not happened is not waited for: its proof tells.
  const over = isDone ? backAgain(planned, { before, chosen }, context) : undefined
  // Whoever restores hears of it.
  over?.catch(() => {})
  return {
    injectedUnixMs,
    ...(over && { over }),
    prove: () => ended(planned, { before, chosen }, context),
    restore: async () => {
      await endExperiment(planned.manifest, context)
      return over ?? context.clock.nowUnixMs()
    },
    proveGone: async () => allReady(planned.fault.component, await podsAt(planned.place, context), before.length),
  }
}

/** The pods there were, and how many of them are to end. */
interface Victims {
  readonly before: readonly Pod[]
  readonly chosen: number
}

/** Makes it and waits; resolves to whether Chaos Mesh says that it has happened. Rejects only when nothing was made. */
const happens = async (manifest: SafeExperiment, { client }: ClusterContext): Promise<boolean> => {
  const made = await createdOrLost(manifest, client)
  const injection = made && (await client.waitForInjected(made, { withinMs: doneWithinMs }).catch(() => undefined))
  return injection?.kind === 'injected'
}

/** The same, and takes the object away, so that its name can be used again. */
export const killOnce = async (manifest: SafeExperiment, context: ClusterContext): Promise<void> => {
  await happens(manifest, context)
  await endExperiment(manifest, context)
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
