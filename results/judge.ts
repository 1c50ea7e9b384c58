import type { Gate } from '../model/gate.ts'
import type { Phase } from '../model/phase.ts'
import type { GateResult, Integrity, RunRecord } from '../model/run-record.ts'
import { Histogram } from './histogram.ts'
import { burnRate, metric, sustained, throughput } from './judge-over-time.ts'
import { amplification, quality, recovery, told } from './judge-resilience.ts'
import { type GateOf, type Observation, verdictOf } from './observation.ts'
import type { QualityBin } from './quality.ts'
import { failedCount, type Measured, total } from './read-cells.ts'

/** What gates look at. */
export interface Judged {
  readonly measured: Measured
  readonly integrity: Integrity
  /** Steps over time. */
  readonly quality: readonly QualityBin[]
  readonly edges: RunRecord['edges']
  readonly phases: readonly Phase[]
  /** Whether the load came to its end. */
  readonly isWhole: boolean
  /** What the target's own metrics gave, by the name of the gate. */
  readonly metrics: Readonly<Record<string, readonly number[]>>
}

/**
 * Judges every gate. Without samples, or with too few, a gate is inconclusive. A latency that was too long while the load
 * generator itself was too late is invalid: it may be the generator's.
 */
export const judgeGates = (gates: readonly Gate[], judged: Judged): GateResult[] => {
  const results = gates.map((gate) => ({ gate, result: gateResult(gate, observe(gate, judged)) }))
  const isLate = (phase: string) =>
    results.some(
      ({ gate, result }) => gate.kind === 'timer-lag' && gate.phase === phase && result.verdict === 'invalid',
    )
  return results.map(({ gate, result }) =>
    isAboutTime(gate) && result.verdict === 'fail' && isLate(gate.phase) ? { ...result, verdict: 'invalid' } : result,
  )
}

/** What a load generator that is late makes worse by itself. */
const isAboutTime = ({ kind }: Gate): boolean =>
  ['latency', 'told', 'quality', 'sustained', 'burn-rate', 'recovery'].includes(kind)

/** Writes that broke a promise; holds that still have time to live are not among them. */
export const brokenPromises = (found: Integrity): number =>
  found.lost +
  found.duplicated +
  found.doubleBooked +
  found.half +
  found.corrupted +
  found.leaked +
  found.late +
  found.disclosed

const gateResult = ({ name, why, phase }: Gate, { observed, ...rest }: Observation): GateResult => ({
  name,
  why,
  phase,
  observed: observed ?? null,
  ...rest,
})

const observe = (gate: Gate, judged: Judged): Observation => {
  switch (gate.kind) {
    case 'latency':
      return latency(gate, judged.measured)
    case 'failures':
      return failures(gate, judged.measured)
    case 'told':
      return told(gate, judged.quality)
    case 'quality':
      return quality(gate, judged.quality)
    case 'recovery':
      return recovery(gate, judged)
    case 'amplification':
      return amplification(gate, judged)
    case 'outcomes':
      return outcomes(gate, judged.measured)
    case 'total':
      return totalOf(gate, judged.measured)
    case 'all-done':
      return allDone(gate, judged.measured)
    case 'answered':
      return answered(gate, judged.measured)
    case 'throughput':
      return throughput(gate, judged)
    case 'sustained':
      return sustained(gate, judged.quality)
    case 'burn-rate':
      return burnRate(gate, judged.quality)
    case 'metric':
      return metric(gate, judged.metrics)
    case 'timer-lag':
      return timerLag(gate, judged.measured)
    case 'integrity':
      return integrity(gate, judged.integrity)
  }
}

const latency = (gate: GateOf<'latency'>, { steps }: Measured): Observation => {
  const histogram = Histogram.merged(
    steps
      .filter(({ journey, step, phase }) => journey === gate.journey && step === gate.step && phase === gate.phase)
      .filter(({ stream }) => gate.streams?.includes(stream) !== false)
      .map(({ fromSent, fromDue }) => (gate.from === 'sent' ? fromSent : fromDue)),
  )
  const samples = histogram.count
  const observed = samples === 0 ? undefined : histogram.quantile(gate.quantile)
  const isMet = (observed ?? 0) <= gate.limitMs
  return { observed, limit: gate.limitMs, unit: 'ms', samples, verdict: verdictOf(samples >= gate.minSamples, isMet) }
}

const failures = (gate: GateOf<'failures'>, { steps }: Measured): Observation => {
  const judged = steps.filter(({ stream, phase }) => phase === gate.phase && gate.streams?.includes(stream) !== false)
  const samples = judged.reduce((sum, { outcomes }) => sum + total(outcomes), 0)
  const failed = judged.reduce((sum, { outcomes }) => sum + failedCount(outcomes), 0)
  const observed = samples === 0 ? undefined : failed / samples
  const verdict = verdictOf(samples > 0, (observed ?? 0) <= gate.limitRatio)
  return { observed, limit: gate.limitRatio, unit: 'ratio', samples, verdict }
}

const outcomes = (gate: GateOf<'outcomes'>, { journeys, rows }: Measured): Observation => {
  const reached = ended(journeys, gate, gate.outcome)
  const apart = isOwnChoice(gate.outcome) ? [] : ['abandoned', 'declined']
  const samples = apart.reduce((left, outcome) => left - ended(journeys, gate, outcome), ended(journeys, gate))
  const observed = samples === 0 ? undefined : reached / samples
  const isMet =
    observed === undefined || (gate.bound === 'at-least' ? observed >= gate.limitRatio : observed <= gate.limitRatio)
  // Nobody at all is fine where nobody needs to come; those who came, and whose end nobody has seen, are not.
  const isEnough =
    samples === 0 ? gate.minSamples === 0 && startedIn(rows, gate) === 0 : samples >= (gate.minSamples ?? 1)
  return { observed, limit: gate.limitRatio, unit: 'ratio', samples, verdict: verdictOf(isEnough, isMet) }
}

/** Rows of a stream that were started in a phase. */
const startedIn = (
  rows: Measured['rows'],
  { stream, phase }: { readonly stream: string; readonly phase: string },
): number =>
  rows
    .filter((row) => row.stream === stream && row.phase === phase)
    .reduce((sum, { timerLag: lag }) => sum + lag.count, 0)

/** How people end a journey by themselves: it says nothing of the others. */
const isOwnChoice = (outcome: string): boolean => outcome === 'abandoned' || outcome === 'declined'

const totalOf = (gate: GateOf<'total'>, { journeys }: Measured): Observation => {
  const samples = ended(journeys, gate)
  const observed = samples === 0 ? undefined : ended(journeys, gate, gate.outcome)
  return {
    observed,
    limit: gate.count,
    unit: 'journeys',
    samples,
    verdict: verdictOf(samples > 0, observed === gate.count),
  }
}

/** Of everything that a stream began, whenever; what was still under way at the end was not done. */
const allDone = ({ stream, limitRatio }: GateOf<'all-done'>, { journeys, rows }: Measured): Observation => {
  const own = journeys.filter((journey) => journey.stream === stream)
  const count = (outcome: string) => own.reduce((sum, { outcomes: of }) => sum + (of[outcome] ?? 0), 0)
  const started = rows.filter((row) => row.stream === stream).reduce((sum, { timerLag: lag }) => sum + lag.count, 0)
  const samples = started - count('declined')
  const observed = samples === 0 ? undefined : count('done') / samples
  const verdict = verdictOf(samples > 0, (observed ?? 0) >= limitRatio)
  return { observed, limit: limitRatio, unit: 'ratio', samples, verdict }
}

/** Journeys of a stream whose rows were due in a phase: those with an outcome, or all. */
const ended = (
  journeys: Measured['journeys'],
  { stream, phase }: { readonly stream: string; readonly phase: string },
  outcome?: string,
): number =>
  journeys
    .filter((journey) => journey.stream === stream && journey.phase === phase)
    .reduce((sum, { outcomes }) => sum + (outcome === undefined ? total(outcomes) : (outcomes[outcome] ?? 0)), 0)

/** A call counts by its first step, in the phase in which it was due; a caller who gave up was not answered. */
const answered = (gate: GateOf<'answered'>, { steps, journeys }: Measured): Observation => {
  const waits = Histogram.merged(
    steps.filter(({ stream, phase }) => stream === gate.stream && phase === gate.phase).map(({ fromDue }) => fromDue),
  )
  const samples = waits.count + ended(journeys, gate, 'abandoned')
  const observed = samples === 0 ? undefined : waits.countUpTo(gate.withinMs) / samples
  const verdict = verdictOf(samples > 0, (observed ?? 0) >= gate.minRatio)
  return { observed, limit: gate.minRatio, unit: 'ratio', samples, verdict }
}

const timerLag = (gate: GateOf<'timer-lag'>, { rows }: Measured): Observation => {
  const histogram = Histogram.merged(rows.filter(({ phase }) => phase === gate.phase).map((row) => row.timerLag))
  const samples = histogram.count
  const observed = samples === 0 ? undefined : histogram.quantile(gate.quantile)
  const isMet = (observed ?? 0) <= gate.limitMs
  return {
    observed,
    limit: gate.limitMs,
    unit: 'ms',
    samples,
    verdict: samples > 0 && !isMet ? 'invalid' : verdictOf(samples > 0, isMet),
  }
}

const integrity = (gate: GateOf<'integrity'>, found: Integrity): Observation => {
  const observed = brokenPromises(found)
  const isMet = observed <= gate.limitCount
  // A loss is proven however little was read back; its absence only when everything was.
  const verdict = isMet ? verdictOf(found.complete && found.verified > 0, true) : 'fail'
  return { observed, limit: gate.limitCount, unit: 'count', samples: found.verified, verdict }
}
