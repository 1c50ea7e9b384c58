import type { Phase } from '../model/phase.ts'
import { burnRates, slidingSums } from './burn-rate.ts'
import { type GateOf, type Observation, verdictOf } from './observation.ts'
import { ownBins, type QualityBin, qualityOverTime } from './quality.ts'
import type { Measured } from './read-cells.ts'

const hourMs = 3_600_000

/** What the gate on throughput looks at. */
interface Done {
  /** Whether the load came to its end: half a phase says nothing of an hour. */
  readonly isWhole: boolean
  readonly measured: Measured
  readonly phases: readonly Phase[]
}

/** Journeys belong to the phase in which their rows were due, whenever they ended. */
export const throughput = (gate: GateOf<'throughput'>, { measured, phases, isWhole }: Done): Observation => {
  const phase = phases.find(({ name }) => name === gate.phase)
  const own = measured.journeys.filter(
    ({ stream, phase: of }) => of === gate.phase && gate.streams?.includes(stream) !== false,
  )
  const samples = own.reduce(
    (sum, { outcomes }) => sum + Object.values(outcomes).reduce((all, count) => all + count, 0),
    0,
  )
  const reached = own.reduce((sum, { outcomes }) => sum + (outcomes[gate.outcome] ?? 0), 0)
  const observed = phase && isWhole && samples > 0 ? (reached * hourMs) / (phase.toMs - phase.fromMs) : undefined
  const verdict = verdictOf(observed !== undefined, (observed ?? 0) >= gate.minPerHour)
  return { observed, limit: gate.minPerHour, unit: 'per-hour', samples, verdict }
}

const secondsOf = (gate: GateOf<'sustained'> | GateOf<'burn-rate'>, bins: readonly QualityBin[]) =>
  qualityOverTime(ownBins(bins, gate), gate.goodWithinMs)

/** The worst of all stretches of a length. */
export const sustained = (gate: GateOf<'sustained'>, bins: readonly QualityBin[]): Observation => {
  const seconds = secondsOf(gate, bins)
  const samples = seconds.reduce((sum, { sent }) => sum + sent, 0)
  const firstMs = seconds[0]?.atMs ?? 0
  const observed = slidingSums(seconds, gate.forMs)
    .filter(({ sent }, index) => sent >= gate.minSamples && (seconds[index]?.atMs ?? 0) + 1000 - firstMs >= gate.forMs)
    .reduce<number | undefined>((worst, { sent, good }) => Math.min(worst ?? 1, good / sent), undefined)
  const verdict = verdictOf(observed !== undefined, (observed ?? 0) >= gate.minRatio)
  return { observed, limit: gate.minRatio, unit: 'ratio', samples, verdict }
}

/** The worst moment of a phase. */
export const burnRate = (gate: GateOf<'burn-rate'>, bins: readonly QualityBin[]): Observation => {
  const seconds = secondsOf(gate, bins)
  const samples = seconds.reduce((sum, { sent }) => sum + sent, 0)
  const rates = burnRates(seconds, gate).filter((rate) => rate !== undefined)
  const observed = rates.reduce<number | undefined>((worst, rate) => Math.max(worst ?? 0, rate), undefined)
  // Too short a phase cannot be hopeless: what only ends a run early leaves it alone.
  const isEnough = observed !== undefined || (gate.endsRun === true && samples > 0)
  const verdict = verdictOf(isEnough, (observed ?? 0) <= gate.limitTimes)
  return { observed, limit: gate.limitTimes, unit: 'times', samples, verdict }
}

/** Of the values that a query gave the one nearest to breaking its bound, or beyond it. */
export const metric = (gate: GateOf<'metric'>, metrics: Readonly<Record<string, readonly number[]>>): Observation => {
  const values = metrics[gate.name] ?? []
  const isAtMost = gate.bound === 'at-most'
  const observed = values.length === 0 ? undefined : isAtMost ? Math.max(...values) : Math.min(...values)
  const isMet = isAtMost ? (observed ?? 0) <= gate.limit : (observed ?? 0) >= gate.limit
  return {
    observed,
    limit: gate.limit,
    unit: 'value',
    samples: values.length,
    verdict: verdictOf(observed !== undefined, isMet),
  }
}
