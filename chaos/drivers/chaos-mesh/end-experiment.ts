import type { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { Clock } from '../../../chaos-mesh/clock.ts'
import type { ExperimentKind } from '../../../chaos-mesh/kinds.ts'
import { persist } from '../../../chaos-mesh/recovery/persist.ts'
import { referenceTo } from '../../../chaos-mesh/recovery/reference-to.ts'
import type { Observed } from '../../../chaos-mesh/status/observed.ts'

/** How long it is tried each time: the API server may be away, and a daemon may need a while. */
const withinMs = 45_000

/** An experiment by its name, whoever has made it. */
export interface Named {
  readonly kind: ExperimentKind
  readonly metadata: { readonly namespace: string; readonly name: string }
}

/** How it ended. `absent`: none of its name was there; `lost`: it is gone, and its recovery was not seen. Unix ms. */
export type Ending =
  | { readonly kind: 'ended'; readonly atUnixMs: number }
  | { readonly kind: 'absent'; readonly atUnixMs: number }
  | { readonly kind: 'lost'; readonly sentence: string }

/** Ends an experiment in stages; may be called again. Rejects with what is not recovered and the last resort, in words; never forces it. */
export const endExperiment = async (
  named: Named,
  { client, clock }: { readonly client: ChaosMeshClient; readonly clock: Clock },
): Promise<Ending> => {
  const {
    kind,
    metadata: { namespace, name },
  } = named
  const askedUnixMs = clock.nowUnixMs()
  const choice = { namespace, fieldSelector: `metadata.name=${name}` }
  const [found] = await inTime(clock, (signal) => persist({ clock }, signal, () => client.list(kind, choice, signal)))
  if (found === undefined) return { kind: 'absent', atUnixMs: clock.nowUnixMs() }
  const end = await client.cleanUp(referenceTo(kind, found), { withinMs })
  switch (end.kind) {
    case 'recovered':
      return { kind: 'ended', atUnixMs: between(askedUnixMs, toldEndOf(end.object, client), clock.nowUnixMs()) }
    case 'done':
    case 'never-injected':
      return { kind: 'ended', atUnixMs: clock.nowUnixMs() }
    case 'stuck':
      throw new Error(`${kind} ${namespace}/${name}: ${end.sentence}; last resort: ${end.lastResort}`)
    case 'absent':
    case 'vanished':
    case 'forced':
      // The only ones of this kind that are made here are kills: they have nothing to recover.
      return kind === 'PodChaos' ? { kind: 'ended', atUnixMs: clock.nowUnixMs() } : lost(named)
  }
}

/** It was there, and is not. */
export const lost = ({ kind, metadata: { namespace, name } }: Named): Extract<Ending, { kind: 'lost' }> => ({
  kind: 'lost',
  sentence: `${kind} ${namespace}/${name} is gone, and its recovery was not seen: make its pods anew`,
})

/** The records tell whole seconds, so that this may lie ahead. */
const toldEndOf = (object: Observed, client: ChaosMeshClient): number =>
  client.faultWindow(object)?.anywhere.to?.latestUnixMs ?? Number.POSITIVE_INFINITY

const between = (leastUnixMs: number, unixMs: number, mostUnixMs: number): number =>
  Math.min(Math.max(leastUnixMs, unixMs), mostUnixMs)

/** Whoever waits for a list does not wait for ever. */
const inTime = async <T>(clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const isOver = new AbortController()
  const isDone = new AbortController()
  void clock.sleepUntil(clock.nowUnixMs() + withinMs, isDone.signal).then(() => isOver.abort())
  try {
    return await work(isOver.signal)
  } finally {
    isDone.abort()
  }
}
