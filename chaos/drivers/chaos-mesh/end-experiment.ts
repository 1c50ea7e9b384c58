import type { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { Clock } from '../../../chaos-mesh/clock.ts'
import type { ExperimentKind } from '../../../chaos-mesh/kinds.ts'
import { persist } from '../../../chaos-mesh/recovery/persist.ts'
import { referenceTo } from '../../../chaos-mesh/recovery/reference-to.ts'

/** How long it is tried each time: the API server may be away, and a daemon may need a while. */
const withinMs = 45_000

/** An experiment by its name, whoever has made it. */
export interface Named {
  readonly kind: ExperimentKind
  readonly metadata: { readonly namespace: string; readonly name: string }
}

/**
 * Ends an experiment in stages and resolves to when, Unix ms; may be called again. Rejects with what is not recovered and the last resort, in
 * words; never forces it.
 */
export const endExperiment = async (
  { kind, metadata: { namespace, name } }: Named,
  { client, clock }: { readonly client: ChaosMeshClient; readonly clock: Clock },
): Promise<number> => {
  const choice = { namespace, fieldSelector: `metadata.name=${name}` }
  const [found] = await inTime(clock, (signal) => persist({ clock }, signal, () => client.list(kind, choice, signal)))
  if (found === undefined) return clock.nowUnixMs()
  const end = await client.cleanUp(referenceTo(kind, found), { withinMs })
  switch (end.kind) {
    case 'recovered':
      return client.faultWindow(end.object)?.anywhere.to?.latestUnixMs ?? clock.nowUnixMs()
    case 'absent':
    case 'done':
    case 'never-injected':
      return clock.nowUnixMs()
    case 'stuck':
      throw new Error(`${kind} ${namespace}/${name}: ${end.sentence}; last resort: ${end.lastResort}`)
    case 'vanished':
    case 'forced':
      throw new Error(`${kind} ${namespace}/${name} is gone, and its recovery was not seen: make its pods anew`)
  }
}

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
