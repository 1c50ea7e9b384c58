import type { Phase } from '../model/phase.ts'
import type { Resilience } from '../model/run-record.ts'
import { type QualityBin, qualityOf } from './quality.ts'
import { leastBand } from './resilience.ts'

/** What only shows after a change is looked for at the end of a stretch. */
const lookMs = 5000

export interface Relieved {
  /** Those that were gone through. */
  readonly phases: readonly Phase[]
  readonly goodWithinMs: number
  /** Good steps / steps before the fault. */
  readonly usualRatio: number
}

/**
 * What less load did for users who were not well again under all of it; null where that was not needed. A system that is not well
 * again under the load that it bore before, and is under less, is metastable: the difference is its hysteresis.
 */
export const reliefResult = (bins: readonly QualityBin[], of: Relieved): Resilience['relief'] => {
  const stretches = of.phases.filter(({ name }) => name === 'relief')
  if (stretches.length === 0) return null
  const steps = stretches.map(({ toMs, loadRatio = 1 }) => {
    const own = bins.filter(({ atMs, phase }) => phase === 'relief' && atMs >= toMs - lookMs && atMs < toMs)
    const { sent, good } = qualityOf(own, of.goodWithinMs)
    return { loadRatio, goodRatio: sent === 0 ? 0 : good / sent }
  })
  const healed = steps.find(({ goodRatio }) => goodRatio >= of.usualRatio - leastBand)
  return { steps, healedAtLoadRatio: healed?.loadRatio ?? null }
}
