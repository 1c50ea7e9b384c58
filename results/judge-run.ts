import { join } from 'node:path'
import type { Experiment } from '../model/experiment.ts'
import type { Gate } from '../model/gate.ts'
import type { Phase } from '../model/phase.ts'
import type { Plan } from '../model/plan.ts'
import { type Evidence, evidenceSchema, type GateResult, type Integrity, type RunRecord } from '../model/run-record.ts'
import type { Ending } from '../model/verdict.ts'
import { callCentres } from './call-centre.ts'
import type { Collected } from './collector.ts'
import { costAndCarbon } from './cost-and-carbon.ts'
import { experimentResult } from './experiment-result.ts'
import { judgeGates } from './judge.ts'
import { readQuality } from './quality.ts'
import { readCells, stepResults } from './read-cells.ts'
import { readLines } from './read-lines.ts'
import { readTimetable } from './read-timetable.ts'
import type { RowStates } from './row-states.ts'
import { rowsNotStarted } from './rows-not-started.ts'
import { runVerdict } from './verdict.ts'

/** What only the runner knows of a run. */
export type RunFacts = Pick<
  RunRecord,
  | 'id'
  | 'experiment'
  | 'target'
  | 'environment'
  | 'namespace'
  | 'provenance'
  | 'defects'
  | 'startedAt'
  | 'endedAt'
  | 'loadGenerator'
  | 'processorTime'
  | 'faults'
  | 'edges'
  | 'health'
  | 'slowRequests'
  | 'parts'
>

export interface RunParts {
  /** The run folder, with the collector's files and the timetables. */
  readonly dir: string
  readonly plan: Plan
  readonly collected: Collected
  readonly integrity: Integrity
  readonly ended: Ending
  readonly endedBecause: string | null
  /** From here on rows were not needed any more, and no longer started; undefined when all were. */
  readonly healedMs?: number | undefined
  readonly facts: RunFacts
  readonly experiment?: Experiment | undefined
  /** Gates on the target's own metrics, and what these gave by the name of the gate. */
  readonly targetGates?: readonly Gate[]
  readonly metrics?: Readonly<Record<string, readonly number[]>>
}

/** Few gates do, and a month of seconds is long. */
const looksAtSeconds = ({ kind }: Gate): boolean =>
  ['told', 'quality', 'sustained', 'burn-rate', 'recovery', 'amplification'].includes(kind)

/** Whether a gate ended the run. While the load goes on steps are counted by when they ended, afterwards by when they were sent. */
const hasEnded = (gate: Gate | undefined, endedBecause: string | null): boolean =>
  gate?.kind === 'burn-rate' && gate.endsRun === true && endedBecause?.startsWith(`${gate.name}: `) === true

const asBroken = (gate: GateResult): GateResult => ({ ...gate, verdict: 'fail' })

/** Judges a run and puts its record together; every figure of steps and gates comes from the run folder's files. */
export const judgeRun = async (parts: RunParts): Promise<RunRecord> => {
  const { dir, plan, collected, integrity, ended, endedBecause, healedMs, facts, experiment } = parts
  const measured = await readCells(dir)
  const quality = experiment || plan.gates.some(looksAtSeconds) ? await readQuality(dir) : []
  const definitions = [...plan.gates, ...(parts.targetGates ?? [])]
  const judged = judgeGates(definitions, {
    measured,
    integrity,
    quality,
    edges: facts.edges,
    phases: plan.phases,
    isWhole: ended === 'completed',
    metrics: parts.metrics ?? {},
  })
  const gates = judged.map((gate, index) => (hasEnded(definitions[index], endedBecause) ? asBroken(gate) : gate))
  const { rowsStartedTwice } = collected
  const journeys = await journeyResults({ dir, plan, healedMs }, collected.rows)
  const delivery = { ...collected.delivery, ...countsOf(journeys) }
  const notStarted = await rowsNotStarted({ dir, plan, healedMs }, collected.rows)
  const phases = phasesUntil(plan.phases, healedMs)
  const steps = stepResults(measured).filter(
    ({ phase }) => phase === 'crossing' || phases.some(({ name }) => name === phase),
  )
  const record: RunRecord = {
    schemaVersion: 1,
    ...facts,
    zeroAt: collected.t0UnixMs === undefined ? null : new Date(collected.t0UnixMs).toISOString(),
    scenario: plan.scenario,
    ...(plan.leftOut && { leftOut: plan.leftOut }),
    seed: plan.seed,
    fingerprint: plan.fingerprint,
    ended,
    endedBecause,
    ...runVerdict({
      ended,
      endedBecause,
      gates,
      integrity,
      delivery,
      rowsStartedTwice,
      journeys,
      parts: facts.parts,
      faults: facts.faults,
      experimentGates: experiment?.gates.map(({ name }) => name) ?? [],
    }),
    delivery,
    ...(notStarted.length > 0 && { notStarted }),
    totals: collected.totals,
    journeys,
    steps,
    callCentres: await callCentres(dir, plan, measured),
    phases,
    gates,
    gateDefinitions: definitions,
    integrity,
    evidence: await readEvidence(dir),
    ...(facts.processorTime.kind === 'known' && {
      costAndCarbon: costAndCarbon(facts.processorTime, { journeys, steps }),
    }),
  }
  if (!experiment) return record
  return {
    ...record,
    resilience: experimentResult({ experiment, record, quality, inFlight: collected.inFlight, healedMs }),
  }
}

const readEvidence = async (dir: string): Promise<Evidence[]> => {
  const evidence: Evidence[] = []
  for await (const line of readLines(join(dir, 'evidence.ndjson')))
    evidence.push(evidenceSchema.parse(JSON.parse(line)))
  return evidence
}

type JourneyResult = RunRecord['journeys'][number]

/** What became of every row of the timetables, by stream and journey. */
const journeyResults = async (
  { dir, plan, healedMs = Number.POSITIVE_INFINITY }: Pick<RunParts, 'dir' | 'plan' | 'healedMs'>,
  rows: RowStates,
): Promise<JourneyResult[]> => {
  const results = new Map<string, JourneyResult>()
  for (const { name: stream } of plan.streams) {
    let row = 0
    for await (const { dueMs, journey } of readTimetable(dir, stream)) {
      if (dueMs >= healedMs) break
      const key = `${stream}|${journey}`
      const result = results.get(key) ?? { stream, journey, planned: 0, started: 0, completed: 0, outcomes: {} }
      results.set(key, result)
      addRow(result, rows.state(stream, row))
      row += 1
    }
  }
  return [...results.values()]
}

/** Rows of all journeys. */
const countsOf = (
  journeys: readonly JourneyResult[],
): Pick<RunRecord['delivery'], 'planned' | 'started' | 'completed' | 'cut'> => {
  const sum = (count: (journey: JourneyResult) => number) => journeys.reduce((total, one) => total + count(one), 0)
  const [started, completed] = [sum((one) => one.started), sum((one) => one.completed)]
  return { planned: sum((one) => one.planned), started, completed, cut: started - completed }
}

/** Those that were gone through: the drain begins where the load had shown enough. */
const phasesUntil = (phases: readonly Phase[], healedMs = Number.POSITIVE_INFINITY): Phase[] =>
  phases
    .filter(({ name, fromMs }) => name === 'drain' || fromMs < healedMs)
    .map((phase) =>
      phase.fromMs <= healedMs ? phase : { ...phase, fromMs: healedMs, toMs: healedMs + phase.toMs - phase.fromMs },
    )

const addRow = (result: JourneyResult, state: ReturnType<RowStates['state']>): void => {
  result.planned += 1
  if (state === 'not-started') return
  result.started += 1
  if (state !== 'under-way') result.completed += 1
  const outcome = state === 'under-way' ? 'cut' : state
  result.outcomes[outcome] = (result.outcomes[outcome] ?? 0) + 1
}
