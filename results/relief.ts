import type { Resilience, RunRecord } from '../model/run-record.ts'
import { type QualityBin, qualityOf } from './quality.ts'

/** What only shows after a change is looked for at the end of a stretch. */
const lookMs = 5000

/** Fewer steps than these say nothing. */
const leastSteps = 10

/**
 * What less load did for users who were not well again under all of it; null where that was not needed, or not seen. A system that is not
 * well again under the load that it bore before, and is under less, is metastable: the difference is its hysteresis. `healedMs`: end of
 * the stretch in which they were well.
 */
export const reliefResult = (
  bins: readonly QualityBin[],
  { ended, phases }: Pick<RunRecord, 'ended' | 'phases'>,
  { goodWithinMs, healedMs }: { readonly goodWithinMs: number; readonly healedMs?: number | undefined },
): Resilience['relief'] => {
  const stretches = phases.filter(({ name }) => name === 'relief')
  const steps = stretches.map(({ toMs, loadRatio = 1 }) => {
    const own = bins.filter(({ atMs, phase }) => phase === 'relief' && atMs >= toMs - lookMs && atMs < toMs)
    const { sent, good } = qualityOf(own, goodWithinMs)
    return { loadRatio, sent, goodRatio: sent === 0 ? 0 : good / sent }
  })
  if (ended !== 'completed' || steps.length === 0 || steps.some(({ sent }) => sent < leastSteps)) return null
  return {
    steps: steps.map(({ loadRatio, goodRatio }) => ({ loadRatio, goodRatio })),
    healedAtLoadRatio: stretches.find(({ toMs }) => toMs === healedMs)?.loadRatio ?? null,
  }
}
