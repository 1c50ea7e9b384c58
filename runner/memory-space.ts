import { availableMemory } from 'node:process'
import { Failure } from '../model/failure.ts'
import type { Plan } from '../model/plan.ts'

/** Left for collaudo itself and for whatever else runs; and for the twin of the whole region, where it runs here. */
const keptBytes = 500_000_000
const twinBytes = 1_000_000_000

/** Refuses a run whose actors would take more memory than the machine has left. Throws a usage Failure. */
export const mustFitInMemory = (
  { streams }: Pick<Plan, 'streams'>,
  isTwinHere: boolean,
  availableBytes = availableMemory(),
): void => {
  const wantedBytes = streams.reduce((sum, { poolMemoryBytes }) => sum + poolMemoryBytes, 0)
  const roomBytes = Math.max(0, availableBytes - keptBytes - (isTwinHere ? twinBytes : 0))
  if (wantedBytes <= roomBytes) return
  const actors = streams.reduce((sum, { pool }) => sum + pool, 0)
  throw new Failure(
    'usage',
    `expected ${inGigabytes(wantedBytes)} of memory for ${actors} actors, got ${inGigabytes(roomBytes)} beside what else runs here`,
    'lower --scale, shorten the slice, or use a machine with more memory',
  )
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`
