import { join } from 'node:path'
import { failedOutcomes, type StepOutcome } from '../model/outcome.ts'
import { stepPlaces } from '../model/phase.ts'
import type { RunRecord, StepResult } from '../model/run-record.ts'
import { type Cell, cellSchema } from './cells.ts'
import { Histogram } from './histogram.ts'
import { readLines } from './read-lines.ts'

/** One step in one phase. */
export interface StepMeasure {
  readonly stream: string
  readonly journey: string
  readonly step: string
  readonly phase: string
  readonly outcomes: Partial<Record<StepOutcome, number>>
  /** From the start of the step; answered steps only: a refused connection takes 0 ms and is no fast answer. */
  readonly fromSent: Histogram
  /** From the due time of the row, by the phase of that time; answered first steps only. */
  readonly fromDue: Histogram
}

/** Journeys of one stream whose rows were due in one phase, by outcome. */
export interface JourneyMeasure {
  readonly stream: string
  readonly journey: string
  readonly phase: string
  readonly outcomes: Record<string, number>
}

/** Rows of one stream due in one phase: how late the load generator was, and how long no actor was free. */
export interface RowMeasure {
  readonly stream: string
  readonly phase: string
  readonly timerLag: Histogram
  readonly workerWait: Histogram
}

/** A run's cells added up over time. */
export interface Measured {
  readonly steps: readonly StepMeasure[]
  readonly journeys: readonly JourneyMeasure[]
  readonly rows: readonly RowMeasure[]
}

/** The cells of a run folder, one at a time. Equal keys may come again: they are deltas. */
export async function* cellsOf(dir: string): AsyncGenerator<Cell> {
  for await (const line of readLines(join(dir, 'cells.ndjson.gz'))) yield cellSchema.parse(JSON.parse(line))
}

export const readCells = async (dir: string): Promise<Measured> => {
  const steps = new Map<string, StepMeasure>()
  const journeys = new Map<string, JourneyMeasure>()
  const rows = new Map<string, RowMeasure>()
  for await (const cell of cellsOf(dir)) {
    if (cell.kind === 'row') addRow(rows, cell)
    else if (cell.kind === 'end') addJourney(journeys, cell)
    else addStep(steps, cell)
  }
  return { steps: inOrder([...steps.values()]), journeys: [...journeys.values()], rows: [...rows.values()] }
}

/** Steps as they first came, by stream and journey; each with its phases in the order of time. */
const inOrder = (steps: readonly StepMeasure[]): readonly StepMeasure[] => {
  const phaseNames: readonly string[] = stepPlaces
  const nameOf = ({ stream, journey, step }: StepMeasure) => `${stream}|${journey}|${step}`
  const names = [...new Set(steps.map(nameOf))]
  const streams = [...new Set(steps.map(({ stream }) => stream))]
  return steps.toSorted(
    (a, b) =>
      streams.indexOf(a.stream) - streams.indexOf(b.stream) ||
      names.indexOf(nameOf(a)) - names.indexOf(nameOf(b)) ||
      phaseNames.indexOf(a.phase) - phaseNames.indexOf(b.phase),
  )
}

/** Whether a step's latency counts as one: it got an answer, of whatever business content. */
export const isAnswered = (outcome: StepOutcome): boolean => !failedOutcomes.includes(outcome)

const addStep = (steps: Map<string, StepMeasure>, cell: Extract<Cell, { kind: 'step' | 'first' }>): void => {
  const { stream, journey, step, phase, outcome } = cell
  const measure = entry(steps, [stream, journey, step, phase], () => ({
    stream,
    journey,
    step,
    phase,
    outcomes: {},
    fromSent: new Histogram(),
    fromDue: new Histogram(),
  }))
  if (cell.kind === 'step') {
    measure.outcomes[outcome] = (measure.outcomes[outcome] ?? 0) + cell.fromSent.count
    if (isAnswered(outcome)) measure.fromSent.merge(cell.fromSent)
  } else if (isAnswered(outcome)) measure.fromDue.merge(cell.fromDue)
}

const addJourney = (journeys: Map<string, JourneyMeasure>, cell: Extract<Cell, { kind: 'end' }>): void => {
  const { stream, journey, phase, outcome, count } = cell
  const { outcomes } = entry(journeys, [stream, journey, phase], () => ({ stream, journey, phase, outcomes: {} }))
  outcomes[outcome] = (outcomes[outcome] ?? 0) + count
}

const addRow = (rows: Map<string, RowMeasure>, cell: Extract<Cell, { kind: 'row' }>): void => {
  const { stream, phase } = cell
  const measure = entry(rows, [stream, phase], () => ({
    stream,
    phase,
    timerLag: new Histogram(),
    workerWait: new Histogram(),
  }))
  measure.timerLag.merge(cell.timerLag)
  measure.workerWait.merge(cell.workerWait)
}

const entry = <T>(map: Map<string, T>, key: readonly string[], make: () => T): T => {
  const joined = key.join('|')
  const found = map.get(joined) ?? make()
  map.set(joined, found)
  return found
}

/** The `steps` of a run record. */
export const stepResults = (measured: Measured): StepResult[] =>
  measured.steps.map(({ fromSent, fromDue, outcomes, ...where }) => ({
    ...where,
    requests: total(outcomes),
    failed: failedCount(outcomes),
    outcomes,
    fromSentMs: quantiles(fromSent),
    fromDueMs: fromDue.count === 0 ? null : quantiles(fromDue),
  }))

/** All of a tally, and the part of it that failed. */
export const total = (outcomes: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(outcomes).reduce<number>((sum, count) => sum + (count ?? 0), 0)
export const failedCount = (outcomes: Readonly<Partial<Record<StepOutcome, number>>>): number =>
  failedOutcomes.reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0)

const quantiles = (histogram: Histogram): RunRecord['steps'][number]['fromSentMs'] => ({
  p50: histogram.quantile(0.5),
  p95: histogram.quantile(0.95),
  p99: histogram.quantile(0.99),
  max: histogram.maxMs,
})
