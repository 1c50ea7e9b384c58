import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { builtIn } from '../../bench/day-of-bookings.ts'
import { stepsOf } from '../../generators/journey-steps.ts'
import { encodeSample } from '../../generators/sample-codec.ts'
import type { Plan } from '../../model/plan.ts'
import type { Integrity } from '../../model/run-record.ts'
import type { Sample } from '../../model/sample.ts'
import { Collector } from '../../results/collector.ts'
import type { RunFacts } from '../../results/judge-run.ts'

const stream = (name: string, action: 'book' | 'accept', rows: number): Plan['streams'][number] => ({
  name,
  channel: action === 'book' ? 'web' : 'counter',
  actions: [{ action, expected: rows, drawn: rows }],
  connection: 'fresh',
  dayFactor: 1,
  expected: rows,
  drawn: rows,
  open: 0,
  warmUp: 0,
  again: 0,
  pool: 20,
  poolMemoryBytes: 6_000_000,
})

const reason = 'assumption'

/** A plan of a minute: 10 s warm-up, 40 s steady, drain; streams `web` (book) and `desk` (accept). */
export const plan = (rows = 200): Plan => ({
  schemaVersion: 1,
  scenario: 'recup-day',
  seed: 7,
  fiscalCodes: 'marked',
  slice: { day: 'monday', fromMs: 32_400_000, toMs: 32_450_000, fullVolume: false, scale: {} },
  durationMs: 50_000,
  drainCapMs: 45_000,
  phases: [
    { name: 'warm-up', fromMs: 0, toMs: 10_000 },
    { name: 'steady', fromMs: 10_000, toMs: 50_000 },
    { name: 'drain', fromMs: 50_000, toMs: 95_000 },
  ],
  streams: [stream('web', 'book', rows), stream('desk', 'accept', rows)],
  totals: { operations: { expected: 2 * rows, drawn: 2 * rows } },
  dataset: {
    organizations: 1,
    patients: 2 * rows,
    prescriptions: rows,
    schedules: 3,
    slots: 3 * rows,
    appointments: rows,
    tasks: 0,
    invoices: 0,
    encounters: 0,
    documents: 0,
    documentBytes: 0,
    studies: 0,
    imageBytes: 0,
    orders: 0,
  },
  systems: ['recup', 'prescriptions'],
  searchArea: 'region',
  gates: [
    {
      kind: 'latency',
      name: 'search-p95',
      why: reason,
      phase: 'steady',
      journey: 'book',
      step: 'search',
      from: 'due',
      quantile: 0.95,
      limitMs: 800,
      minSamples: 50,
    },
    { kind: 'failures', name: 'failed-requests', why: reason, phase: 'steady', limitRatio: 0.01 },
    {
      kind: 'outcomes',
      name: 'web-done',
      why: reason,
      phase: 'steady',
      stream: 'web',
      outcome: 'done',
      bound: 'at-least',
      limitRatio: 0.9,
    },
    { kind: 'timer-lag', name: 'generator-on-time', why: reason, phase: 'steady', quantile: 0.99, limitMs: 100 },
    { kind: 'integrity', name: 'nothing-lost', why: reason, phase: 'steady', limitCount: 0 },
  ],
  fingerprint: 'f'.repeat(64),
})

/** A new folder that goes with the test. */
export const emptyFolder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-results-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

/** A new run folder with the timetables of a plan: rows evenly over its duration. */
export const runFolder = (of: Plan): string => {
  const dir = emptyFolder()
  for (const { name, actions, drawn, channel } of of.streams) {
    const action = actions[0]?.action ?? 'book'
    const line = (_: unknown, row: number) => {
      const first = stepsOf(row + 1, action, channel)[0]?.step
      return `${dueOf(of, row, drawn)}\t${action}\t${first}\t${row}\t${row + 1}\n`
    }
    writeFileSync(join(dir, `timetable-${name}.tsv`), Array.from({ length: drawn }, line).join(''))
  }
  return dir
}

const dueOf = ({ durationMs }: Plan, row: number, rows: number): number => Math.floor((row * durationMs) / rows)

export const csvHeader = 'metric_name,timestamp,metric_value,error,extra_tags,metadata\n'

const requestLines = (atUs: number): string =>
  `${[`http_reqs,${atUs},1.000000,,,`, ...builtIn.map((name) => `${name},${atUs},12.345678,,,`)].join('\n')}\n`

/** Writes samples the way k6 does, with a running number per actor. */
export class FakeK6 {
  /** How much slower its searches are. */
  readonly searchFactor: number
  readonly #sequences = new Map<number, number>()
  #text = csvHeader

  constructor(searchFactor = 1) {
    this.searchFactor = searchFactor
  }

  emit(actor: number, sample: Sample): this {
    const sequence = this.#sequences.get(actor) ?? 0
    this.#sequences.set(actor, sequence + 1)
    const atUs = 1_795_563_282_325_295
    if (sample.kind === 'step') this.#text += requestLines(atUs)
    this.#text += `collaudo,${atUs},1.000000,,,c=${encodeSample({ actor, sequence }, sample)}\n`
    if (sample.kind === 'end') {
      this.#text += `data_sent,${atUs},71.000000,,,\ndata_received,${atUs},124.000000,,,\niterations,${atUs},1.000000,,,\n`
    }
    return this
  }

  /** Skips one running number, as when a sample is lost. */
  lose(actor: number): this {
    this.#sequences.set(actor, (this.#sequences.get(actor) ?? 0) + 1)
    return this
  }

  get csv(): Buffer {
    return Buffer.from(this.#text)
  }
}

/** Durations that wander between 20 and 400 ms, the same for each row whenever it is asked. */
const durationOf = (row: number, step: number): number => 20 + ((row * 37 + step * 101) % 380)

/** One booking on the web: search, hold, book, each with what the ledger gets. */
export const emitBooking = (k6: FakeK6, row: number, dueMs: number): void => {
  const actor = 1 + (row % 20)
  const of = { stream: 'web', row }
  const write = {
    kind: 'write',
    ...of,
    identifier: `ns.web.${row}`,
    patient: `p7-${row}`,
    slot: `ns-a0-s${row}`,
  } as const
  let atMs = dueMs + 2
  k6.emit(actor, { kind: 'row', ...of, dueMs, takenMs: dueMs - 500, startedMs: atMs })
  for (const [index, step] of ['search', 'hold', 'book'].entries()) {
    const durationMs = durationOf(row, index) * (step === 'search' ? k6.searchFactor : 1)
    const kind = step === 'hold' || step === 'book' ? step : undefined
    if (kind) k6.emit(actor, { ...write, write: kind, state: 'intended', atMs })
    k6.emit(actor, {
      kind: 'step',
      ...of,
      journey: 'book',
      step,
      outcome: 'ok',
      startedMs: atMs,
      durationMs,
      fromDueMs: index === 0 ? atMs + durationMs - dueMs : undefined,
      evidence: undefined,
    })
    atMs += durationMs
    if (kind) k6.emit(actor, { ...write, write: kind, state: 'acknowledged', atMs })
  }
  k6.emit(actor, { kind: 'end', ...of, journey: 'book', outcome: 'done', endedMs: atMs })
}

/** One acceptance at the desk; every fiftieth fails. */
export const emitAcceptance = (k6: FakeK6, row: number, dueMs: number): void => {
  const actor = 101 + (row % 20)
  const of = { stream: 'desk', row }
  const isFailed = row % 150 === 149
  const startedMs = dueMs + 1
  const durationMs = durationOf(row, 7)
  k6.emit(actor, { kind: 'row', ...of, dueMs, takenMs: dueMs - 900, startedMs })
  k6.emit(actor, {
    kind: 'step',
    ...of,
    journey: 'accept',
    step: 'lookup',
    outcome: isFailed ? 'failed' : 'ok',
    startedMs,
    durationMs,
    fromDueMs: startedMs + durationMs - dueMs,
    evidence: isFailed
      ? { status: 502, traceId: `trace-${row}`, body: 'patient RSSMRA85T10A562S, Bearer abc.def' }
      : undefined,
  })
  k6.emit(actor, {
    kind: 'end',
    ...of,
    journey: 'accept',
    outcome: isFailed ? 'failed' : 'done',
    endedMs: startedMs + durationMs,
  })
}

/** The CSV of a whole, healthy run of a plan, its searches slower by a factor. */
export const healthyRun = (of: Plan, searchFactor = 1): Buffer => {
  const k6 = new FakeK6(searchFactor).emit(0, { kind: 'clock', t0UnixMs: t0UnixMs })
  const rows = of.streams[0]?.drawn ?? 0
  for (let row = 0; row < rows; row += 1) {
    emitBooking(k6, row, dueOf(of, row, rows))
    emitAcceptance(k6, row, dueOf(of, row, rows))
  }
  return k6.csv
}

export const t0UnixMs = 1_795_563_280_000

export const rowsPerStream = (of: Plan): Record<string, number> =>
  Object.fromEntries(of.streams.map(({ name, drawn }) => [name, drawn]))

/** A collector of a plan in a new run folder. */
export const collectorOf = (of: Plan, dir = runFolder(of)) => ({
  dir,
  collector: new Collector({ plan: of, rowsPerStream: rowsPerStream(of), dir }),
})

export const integrity = (changes: Partial<Integrity> = {}): Integrity => ({
  intended: 400,
  acknowledged: 400,
  refused: 0,
  unknown: { landed: 0, absent: 0 },
  verified: 400,
  lost: 0,
  duplicated: 0,
  doubleBooked: 0,
  half: 0,
  corrupted: 0,
  leaked: 0,
  late: 0,
  disclosed: 0,
  held: 0,
  complete: true,
  examples: [],
  ...changes,
})

export const facts: RunFacts = {
  id: '20261124-090000-recup-day-7',
  experiment: null,
  target: 'embedded',
  environment: 'embedded',
  namespace: 'r7',
  provenance: {
    collaudo: '0.1.0',
    k6: 'v2.2.0',
    node: 'v24.21.0',
    commit: 'bd6d783',
    host: { cpus: 2, memoryBytes: 25_000_000_000, platform: 'linux x64' },
    commandLine: 'collaudo run recup-day --day monday --from 09:00 --to 09:01 --seed 7',
    targetVersions: { recup: 'twin 0.1.0' },
  },
  defects: [],
  startedAt: '2026-11-24T09:00:00.000Z',
  endedAt: '2026-11-24T09:01:40.000Z',
  loadGenerator: { cpuRatio: 0.12, rssBytes: 173_000_000 },
  processorTime: { kind: 'not-known', reason: 'nobody looked at it' },
  faults: [],
  edges: [],
  health: [],
}
