import type { FaultOf } from '../../../model/fault.ts'
import type { StreamEffect } from './effect-of-stream.ts'
import { partition } from './partition.ts'

/** Nothing passes for a while, then both sides get a RST. */
export const stallAndReset = ({ stallMs }: FaultOf<'stall-and-reset'>): StreamEffect => ({
  ...partition,
  figures: { stallMs },
  resetAfterMs: stallMs,
})
