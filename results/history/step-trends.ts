import type { HistoryEntry } from '../../model/history-entry.ts'
import { type NoiseBand, noiseBand } from './noise-band.ts'
import { comparedRuns, shownRuns } from './read-history.ts'
import { nameOf } from './step-name.ts'

/** What is compared of a step. */
export const figures = ['p50Ms', 'p95Ms', 'p99Ms', 'failedRatio'] as const
export type Figure = (typeof figures)[number]

type Step = HistoryEntry['steps'][number]

/** A step in one run, beside what is usual of it. */
export interface TrendPoint
  extends Pick<HistoryEntry, 'id' | 'startedAt' | 'commit' | 'verdict'>,
    Pick<Step, 'requests' | Figure> {
  /** From the earlier like runs that were measured to their end; null where these are too few. */
  readonly bands: Readonly<Record<Figure, NoiseBand | null>>
  readonly outside: readonly { readonly figure: Figure; readonly side: 'above' | 'below' }[]
}

export interface StepTrend extends Pick<Step, 'stream' | 'journey' | 'step'> {
  /** Oldest first. */
  readonly points: readonly TrendPoint[]
}

/** Each step of the latest of some like runs (oldest first) over the last twenty of them. */
export const stepTrends = (runs: readonly HistoryEntry[]): readonly StepTrend[] => {
  const measured = runs.map((run) => ({ run, steps: new Map(run.steps.map((step) => [nameOf(step), step])) }))
  return (runs.at(-1)?.steps ?? []).map(({ stream, journey, step }) => {
    const name = nameOf({ stream, journey, step })
    const seen = measured.flatMap(({ run, steps }) => {
      const found = steps.get(name)
      return found ? [{ run, step: found }] : []
    })
    const first = Math.max(0, seen.length - shownRuns)
    return {
      stream,
      journey,
      step,
      points: seen.slice(first).map((of, index) => pointOf(of, seen.slice(0, first + index))),
    }
  })
}

interface Seen {
  readonly run: HistoryEntry
  readonly step: Step
}

const pointOf = ({ run, step }: Seen, earlier: readonly Seen[]): TrendPoint => {
  const { id, startedAt, commit, verdict } = run
  const { requests, failedRatio, p50Ms, p95Ms, p99Ms } = step
  const compared = earlier.filter(({ run: of }) => isSound(of)).slice(-comparedRuns)
  const bandOf = (figure: Figure) =>
    noiseBand(
      compared.flatMap(({ step: of }) => of[figure] ?? []),
      (median) => floorOf(figure, median, requests),
    ) ?? null
  const bands = {
    p50Ms: bandOf('p50Ms'),
    p95Ms: bandOf('p95Ms'),
    p99Ms: bandOf('p99Ms'),
    failedRatio: bandOf('failedRatio'),
  }
  const outside = figures.flatMap((figure) => sideOf(figure, step[figure], bands[figure]))
  return { id, startedAt, commit, verdict, requests, failedRatio, p50Ms, p95Ms, p99Ms, bands, outside }
}

/** What was broken off, or was measured badly, says nothing of what is usual. */
const isSound = ({ ended, verdict }: HistoryEntry): boolean => ended === 'completed' && verdict !== 'invalid'

/** Two neighbouring buckets of a histogram are a factor of 2^(1/32) apart: one bucket more is no change. */
const bucketRatio = 2 ** (1 / 32) - 1

/** Where none of n failed, 3 / n may fail (the rule of three, at 95 %). */
const ruleOfThree = 3

const floorOf = (figure: Figure, median: number, requests: number): number =>
  figure === 'failedRatio' ? ruleOfThree / requests : median * bucketRatio

/** A bucket's bounds are sums of floating-point numbers: what is equal to them on paper is inside. */
const slack = 1 + 1e-9

const sideOf = (figure: Figure, value: number | null, band: NoiseBand | null): TrendPoint['outside'] => {
  if (value === null || band === null) return []
  if (value > band.high * slack) return [{ figure, side: 'above' }]
  return value < band.low / slack ? [{ figure, side: 'below' }] : []
}
