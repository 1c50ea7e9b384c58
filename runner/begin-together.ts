import { Failure } from '../model/failure.ts'

/**
 * Time for both load generators to start: k6 itself, and each actor. Assumption: one that is late for the zero starts rows late, and the
 * run says so.
 */
const startMs = 4000
const perActorMs = 4

/** The zero of load generators with so many actors together that are about to start, Unix ms. */
export const zeroOf = (nowUnixMs: number, actors: number): number => nowUnixMs + startMs + perActorMs * actors

/**
 * Lets two runs begin their load at one moment, once both are ready: each calls what this returns with the number of its actors and
 * gets the zero, Unix ms. Rejects when the signal says that one of them will never be ready.
 */
export const beginTogether = (now: () => number, signal: AbortSignal): ((actors: number) => Promise<number>) => {
  const waiting: { readonly actors: number; readonly begin: (zeroUnixMs: number) => void }[] = []
  return (actors) =>
    new Promise((resolve, reject) => {
      const give = (): void => reject(notBoth())
      if (signal.aborted) return give()
      signal.addEventListener('abort', give, { once: true })
      waiting.push({ actors, begin: resolve })
      if (waiting.length < 2) return
      const zeroUnixMs = zeroOf(
        now(),
        waiting.reduce((sum, one) => sum + one.actors, 0),
      )
      for (const { begin } of waiting) begin(zeroUnixMs)
    })
}

const notBoth = (): Failure =>
  new Failure('interrupted', 'interrupted: one of two runs did not come as far as its load', 'run it again')
