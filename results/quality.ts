import { Histogram } from './histogram.ts'
import { cellsOf, isAnswered } from './read-cells.ts'

/** Steps of one stream that were sent in one time bin of one phase. */
export interface QualityBin {
  readonly stream: string
  readonly phase: string
  readonly atMs: number
  readonly answered: Histogram
  readonly failed: Histogram
}

/** A run's steps over time, in the order of time. */
export const readQuality = async (dir: string): Promise<readonly QualityBin[]> => {
  const bins = new Map<string, QualityBin>()
  for await (const cell of cellsOf(dir)) {
    if (cell.kind !== 'step') continue
    const { stream, phase, atMs, outcome, fromSent } = cell
    const key = `${stream}|${phase}|${atMs}`
    const bin = bins.get(key) ?? { stream, phase, atMs, answered: new Histogram(), failed: new Histogram() }
    bins.set(key, bin)
    const part = isAnswered(outcome) ? bin.answered : bin.failed
    part.merge(fromSent)
  }
  return [...bins.values()].sort((a, b) => a.atMs - b.atMs)
}

/** Steps sent, and those of them that were answered within a time. */
export interface Quality {
  readonly sent: number
  readonly good: number
}

/** Adds bins up. A step that failed is not good, however fast it failed. */
export const qualityOf = (bins: readonly QualityBin[], goodWithinMs: number): Quality =>
  bins.reduce(
    ({ sent, good }, { answered, failed }) => ({
      sent: sent + answered.count + failed.count,
      good: good + answered.countUpTo(goodWithinMs),
    }),
    { sent: 0, good: 0 },
  )

/** The same by time, the streams together. */
export const qualityOverTime = (
  bins: readonly QualityBin[],
  goodWithinMs: number,
): readonly (Quality & { readonly atMs: number })[] => {
  const byTime = new Map<number, QualityBin[]>()
  for (const bin of bins) byTime.set(bin.atMs, [...(byTime.get(bin.atMs) ?? []), bin])
  return [...byTime].map(([atMs, own]) => ({ atMs, ...qualityOf(own, goodWithinMs) })).sort((a, b) => a.atMs - b.atMs)
}

/** Bins of a gate's streams, in its phase where it has one. */
export const ownBins = (
  bins: readonly QualityBin[],
  { streams, phase }: { readonly streams?: readonly string[] | undefined; readonly phase?: string },
): readonly QualityBin[] =>
  bins.filter((bin) => streams?.includes(bin.stream) !== false && (phase === undefined || bin.phase === phase))
