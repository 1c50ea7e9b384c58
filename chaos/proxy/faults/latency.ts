import type { Rng } from '../../../generators/rng.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { RequestEffect } from './effect-of-request.ts'
import type { StreamEffect } from './effect-of-stream.ts'

const drawnMs = ({ delayMs, jitterMs = 0 }: FaultOf<'latency'>, rng: Rng): number =>
  Math.max(0, delayMs + (2 * rng.float() - 1) * jitterMs)

/** Each answer of a connection is late by a delay of its own; bytes behind it are not slowed down further. */
export const latencyOfConnection = (fault: FaultOf<'latency'>, rng: Rng): StreamEffect => {
  let firstExchange: number | undefined
  let lastMs = 0
  return {
    figures: { firstDelayMs: drawnMs(fault, rng.at(0)) },
    toClient: ({ bytes, arrivedMs, exchange }) => {
      firstExchange ??= exchange
      lastMs = Math.max(lastMs, arrivedMs + drawnMs(fault, rng.at(exchange - firstExchange)))
      return { bytes, atMs: lastMs }
    },
  }
}

/** The request goes upstream late. */
export const latencyOfRequest = (fault: FaultOf<'latency'>, rng: Rng): RequestEffect => ({
  kind: 'delay',
  delayMs: drawnMs(fault, rng),
})
