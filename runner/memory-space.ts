import { availableMemory } from 'node:process'
import { Failure } from '../model/failure.ts'
import type { Plan } from '../model/plan.ts'

/** Left for the systems, for collaudo itself and for whatever else runs: the twin of the whole region takes 1 GB. */
const keptBytes = 1_500_000_000

/** Refuses a run whose actors would take more memory than the machine has left. Throws a usage Failure. */
export const mustFitInMemory = ({ streams }: Pick<Plan, 'streams'>, availableBytes = availableMemory()): void => {
  const wantedBytes = streams.reduce((sum, { poolMemoryBytes }) => sum + poolMemoryBytes, 0)
  const roomBytes = Math.max(0, availableBytes - keptBytes)
  if (wantedBytes <= roomBytes) return
  const actors = streams.reduce((sum, { pool }) => sum + pool, 0)
  throw new Failure(
    'usage',
    `expected ${inGigabytes(wantedBytes)} of memory for ${actors} actors, got ${inGigabytes(roomBytes)} beside what the systems need`,
    'lower --scale, shorten the slice, or use a machine with more memory',
  )
}

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
