import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultOf } from '../../../model/fault.ts'
import { pacerOfRate } from './bandwidth.ts'
import type { Body, RequestEffect } from './effect-of-request.ts'

async function* slowed(body: Body, bytesPerSecond: number, ended: AbortSignal): Body {
  const pacer = pacerOfRate(bytesPerSecond)
  for await (const chunk of body) {
    let rest = chunk
    while (rest.length > 0 && !ended.aborted) {
      const { bytes, atMs } = pacer({ bytes: rest.length, arrivedMs: performance.now(), exchange: 0 })
      await sleep(atMs - performance.now(), undefined, { signal: ended }).catch(() => undefined)
      yield rest.subarray(0, bytes)
      rest = rest.subarray(bytes)
    }
    if (rest.length > 0) yield rest
  }
}

/** The answer's head comes at once, its body at so many bytes per second. */
export const slowBody = ({ bytesPerSecond }: FaultOf<'slow-body'>): RequestEffect => ({
  kind: 'body',
  change: () => ({
    figures: { bytesPerSecond },
    change: (body, ended) => slowed(body, bytesPerSecond, ended),
    isCut: false,
  }),
})
