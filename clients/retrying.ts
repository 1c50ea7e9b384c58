import { setTimeout as sleep } from 'node:timers/promises'
import type { Target } from '../model/target.ts'
import type { Fetch } from './fetch-of.ts'

/** Timers take no longer ones; the signal of the request ends it before. */
const longestMs = 2 ** 31 - 1

/** What says: not now. */
const worthAnother = [429, 502, 503, 504]

/**
 * A fetch that asks again where it was told to come later, or got no answer; what has been sent as a stream is gone and is not sent
 * again. An answer's own `Retry-After` in seconds is heeded where it is longer. The request's signal ends the waiting too.
 */
export const retrying =
  (send: Fetch, { times, afterMs }: Target['retries'], wait: typeof sleep = sleep): Fetch =>
  async (input, init) => {
    const signal = init?.signal ?? undefined
    for (let left = isRepeatable(init) ? times : 0; ; left -= 1) {
      const answer = await send(input, init).catch((error: unknown) => {
        if (left === 0 || signal?.aborted) throw error
      })
      if (answer && (left === 0 || !worthAnother.includes(answer.status))) return answer
      await answer?.body?.cancel()
      const laterMs = Number(answer?.headers.get('retry-after') ?? 0) * 1000
      const waitMs = Math.max(afterMs, Number.isFinite(laterMs) ? laterMs : 0)
      await wait(Math.min(waitMs, longestMs), undefined, signal && { signal }).catch(() => {
        throw signal?.reason
      })
    }
  }

const isRepeatable = (init: RequestInit | undefined): boolean =>
  init?.body === undefined || init.body === null || typeof init.body === 'string' || ArrayBuffer.isView(init.body)
