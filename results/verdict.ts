import { exitCodes } from '../model/failure.ts'
import type { GateResult, Integrity, RunRecord } from '../model/run-record.ts'
import type { Ending, Verdict } from '../model/verdict.ts'
import { counted, formatCount, formatLimit, formatObserved } from './format.ts'
import { brokenPromises } from './judge.ts'
import { partReasons } from './part-results.ts'
import { type Reason, ranks } from './reason.ts'
import { demoted, steadyReason, unproven, unrestored } from './verdict-of-faults.ts'

export interface VerdictInput {
  readonly ended: Ending
  readonly endedBecause: string | null
  readonly gates: readonly GateResult[]
  readonly integrity: Integrity
  readonly delivery: RunRecord['delivery']
  readonly rowsStartedTwice: number
  readonly faults: RunRecord['faults']
  /** Names of the gates that an experiment brings along; those of its scenario are none of them. */
  readonly experimentGates: readonly string[]
  readonly journeys: RunRecord['journeys']
  /** Of a load from machines apart. */
  readonly parts?: RunRecord['parts']
}

/** The verdict of a run with all that speaks against a pass, worst first. */
export interface RunVerdict {
  readonly verdict: Verdict
  readonly exitCode: number
  readonly reasons: string[]
}

export const runVerdict = (input: VerdictInput): RunVerdict => {
  const reasons = [
    ...partReasons(input.parts ?? []),
    ...ending(input),
    ...unrestored(input),
    ...promises(input),
    ...input.gates.flatMap((gate) => steadyReason(gate, input) ?? demoted(gateReason(gate), input)),
    ...unproven(input),
    ...neverStarted(input),
    ...measurement(input),
    ...readBack(input.integrity),
  ].toSorted((a, b) => ranks.indexOf(a.verdict) - ranks.indexOf(b.verdict))
  const verdict = reasons[0]?.verdict ?? 'pass'
  const exitCode = unrestored(input).length > 0 ? exitCodes.notRestored : exitCodeOf(input.ended, verdict)
  return { verdict, exitCode, reasons: reasons.map(({ text }) => text) }
}

const exitCodeOf = (ended: Ending, verdict: Reason['verdict'] | 'pass'): number => {
  if (ended === 'interrupted') return exitCodes.interrupted
  if (ended === 'crashed') return exitCodes.crashed
  return { pass: exitCodes.pass, fail: exitCodes.failed, invalid: exitCodes.invalid, inconclusive: exitCodes.invalid }[
    verdict
  ]
}

/** Broken promises beyond the integrity gate's limit; without such a gate, any. */
const promises = ({ gates, integrity }: VerdictInput): readonly Reason[] => {
  const limits = gates.filter(({ unit }) => unit === 'count').map(({ limit }) => limit)
  if (brokenPromises(integrity) <= Math.min(...limits, limits.length === 0 ? 0 : Number.POSITIVE_INFINITY)) return []
  const { lost, doubleBooked, duplicated, half, corrupted, leaked, late, disclosed } = integrity
  const sentences: [number, string, string][] = [
    [lost, 'write was acknowledged and lost', 'writes were acknowledged and lost'],
    [doubleBooked, 'slot was sold twice', 'slots were sold twice'],
    [duplicated, 'write is there more than once', 'writes are there more than once'],
    [half, 'write is half done: its parts disagree', 'writes are half done: their parts disagree'],
    [corrupted, 'write is stored otherwise than acknowledged', 'writes are stored otherwise than acknowledged'],
    [leaked, 'slot was given back and is still held', 'slots were given back and are still held'],
    [disclosed, 'document was shown to somebody else', 'documents were shown to somebody else'],
    [late, 'booking was not visible in time', 'bookings were not visible in time'],
  ]
  return sentences
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => ({ verdict: 'fail', text: `${counted(count, one, many)}.` }))
}

const gateReason = (gate: GateResult): readonly Reason[] => {
  const { name, unit, samples, phase, verdict } = gate
  // Broken promises have sentences of their own.
  if (verdict === 'pass' || (unit === 'count' && verdict === 'fail')) return []
  const saw = `${name}: ${formatObserved(gate)}, limit ${formatLimit(gate)}`
  switch (verdict) {
    case 'fail':
      return [{ verdict, text: `${saw} (${phase}, ${counted(samples, 'sample', 'samples')}).` }]
    case 'invalid':
      return [{ verdict, text: `${saw}: the load generator was too late to judge this.` }]
    default:
      return [
        {
          verdict: 'inconclusive',
          text: `${name}: too little to judge (${phase}, ${counted(samples, 'sample', 'samples')}).`,
        },
      ]
  }
}

/**
 * Rows left when time ran out. A stream whose actors were still on their journeys was held by the systems;
 * one with free actors was not driven as planned, which is the load generator's fault.
 */
const neverStarted = ({ ended, journeys }: VerdictInput): readonly Reason[] => {
  if (ended !== 'completed') return []
  const streams = [...new Set(journeys.map(({ stream }) => stream))]
  return streams.flatMap((stream) => {
    const { planned, started, completed } = sumOf(journeys.filter((journey) => journey.stream === stream))
    if (started >= planned) return []
    const text = `${formatCount(planned - started)} of ${counted(planned, 'row', 'rows')} of ${stream} never started`
    const reason: Reason =
      started > completed
        ? { verdict: 'fail', text: `${text}: the systems held every actor until the run ended.` }
        : { verdict: 'invalid', text: `${text} although actors were free: the load was not the planned one.` }
    return [reason]
  })
}

const sumOf = (journeys: RunRecord['journeys']) =>
  journeys.reduce(
    (sum, { planned, started, completed }) => ({
      planned: sum.planned + planned,
      started: sum.started + started,
      completed: sum.completed + completed,
    }),
    { planned: 0, started: 0, completed: 0 },
  )

const measurement = ({ delivery, rowsStartedTwice }: VerdictInput): readonly Reason[] => {
  const reasons: Reason[] = []
  if (delivery.samplesLost > 0) {
    const lost = counted(delivery.samplesLost, 'sample was', 'samples were')
    reasons.push({
      verdict: 'invalid',
      text: `${lost} lost between k6 and the collector: the counts are not complete.`,
    })
  }
  if (rowsStartedTwice > 0) {
    const twice = counted(rowsStartedTwice, 'row was', 'rows were')
    reasons.push({ verdict: 'invalid', text: `${twice} started more than once: the load was not the planned one.` })
  }
  return reasons
}

const ending = ({
  ended,
  endedBecause,
  experimentGates,
  parts,
}: Pick<VerdictInput, 'ended' | 'endedBecause' | 'experimentGates' | 'parts'>): readonly Reason[] => {
  switch (ended) {
    case 'completed':
      return []
    case 'interrupted':
      return [{ verdict: 'inconclusive', text: 'The run was interrupted before its end.' }]
    case 'timed-out':
      return [{ verdict: 'inconclusive', text: 'The run was stopped by its time limit before its end.' }]
    case 'aborted':
      return [
        {
          verdict: 'fail',
          text: `${experimentGates.length > 0 ? 'It was broken off, since what was to be spared suffered' : 'It was ended early, since nothing more was to be learned'}: ${endedBecause}.`,
        },
      ]
    case 'crashed':
      // Which of them, and how, has been told.
      if (parts) return []
      return [{ verdict: 'invalid', text: 'k6 or a journey crashed: what was measured is not the planned run.' }]
  }
}

const readBack = ({ complete, verified, intended }: Integrity): readonly Reason[] =>
  complete
    ? []
    : [
        {
          verdict: 'inconclusive',
          text: `Only ${formatCount(verified)} of ${counted(intended, 'write', 'writes')} could be read back from the target.`,
        },
      ]
