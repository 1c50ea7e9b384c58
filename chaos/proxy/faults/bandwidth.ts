import type { FaultOf } from '../../../model/fault.ts'
import type { Pacer } from '../pacer.ts'
import type { StreamEffect } from './effect-of-stream.ts'

/** A part is at most what passes in so long: short beside what a person notices, long beside a timer's grain of 1 ms. */
const partMs = 20

/** Parts one behind the other, each as late as its bytes take at the rate. */
export const pacerOfRate = (bytesPerSecond: number): Pacer => {
  const partBytes = Math.max(1, Math.floor((bytesPerSecond * partMs) / 1000))
  let freeMs = 0
  return (waiting) => {
    const bytes = Math.min(waiting.bytes, partBytes)
    freeMs = Math.max(freeMs, waiting.arrivedMs) + (bytes * 1000) / bytesPerSecond
    return { bytes, atMs: freeMs }
  }
}

/** So many bytes per second each way. */
export const bandwidth = ({ bytesPerSecond }: FaultOf<'bandwidth'>): StreamEffect => ({
  figures: { bytesPerSecond },
  toUpstream: pacerOfRate(bytesPerSecond),
  toClient: pacerOfRate(bytesPerSecond),
})
