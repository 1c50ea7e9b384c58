import { type Measure, measures } from '../../model/comparison.ts'
import { bucketsPerOctave, Histogram } from '../histogram.ts'
import { byStep } from './by-step.ts'
import type { StepBlocks } from './step-blocks.ts'

/**
 * Variance of a measure of a step over runs that carried the same load. Few runs tell it badly, and machines disturb all steps
 * alike, so a step never has less than the median of all.
 */
export const runToRunVariance = (
  runs: readonly (readonly StepBlocks[])[],
): ((key: string, measure: Measure) => number) => {
  const variances = new Map<string, Readonly<Record<Measure, number>>>()
  for (const [key, ofRuns] of byStep(runs)) variances.set(key, variancesOf(ofRuns))
  const medians = new Map(
    measures.map((measure) => [measure, median([...variances.values()].map((of) => of[measure]))]),
  )
  return (key, measure) => Math.max(variances.get(key)?.[measure] ?? 0, medians.get(measure) ?? 0)
}

const variancesOf = (runs: readonly StepBlocks[]): Readonly<Record<Measure, number>> => {
  const wholes = runs.map(({ blocks }) => ({
    answered: Histogram.merged(blocks.map(({ answered }) => answered)),
    failed: blocks.reduce((sum, { failed }) => sum + failed, 0),
  }))
  const answered = wholes.filter(({ answered: { count } }) => count > 0)
  return {
    typical: variance(answered.map((whole) => meanLog(whole.answered))),
    'slow-end': variance(answered.map((whole) => Math.log(Math.max(1e-3, whole.answered.quantile(0.95))))),
    failures: variance(wholes.map((whole) => whole.failed / Math.max(1, whole.failed + whole.answered.count))),
  }
}

const meanLog = (histogram: Histogram): number =>
  (histogram.buckets().reduce((sum, [index, count]) => sum + index * count, 0) / histogram.count) *
  (Math.LN2 / bucketsPerOctave)

const variance = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1)
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
