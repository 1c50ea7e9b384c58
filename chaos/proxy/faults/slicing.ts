import type { FaultOf } from '../../../model/fault.ts'
import type { Pacer } from '../pacer.ts'
import type { StreamEffect } from './effect-of-stream.ts'

const slices = ({ sliceBytes, delayMs }: FaultOf<'slicing'>): Pacer => {
  let nextMs = 0
  return ({ bytes, arrivedMs }) => {
    const atMs = Math.max(nextMs, arrivedMs)
    if (bytes > 0) nextMs = atMs + delayMs
    return { bytes: Math.min(bytes, sliceBytes), atMs }
  }
}

/** Bytes come in small pieces with a pause between two of them. */
export const slicing = (fault: FaultOf<'slicing'>): StreamEffect => ({
  figures: { sliceBytes: fault.sliceBytes, delayMs: fault.delayMs },
  toUpstream: slices(fault),
  toClient: slices(fault),
})
