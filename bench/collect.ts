import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeSample } from '../generators/sample-codec.ts'
import type { Plan } from '../model/plan.ts'
import type { Sample } from '../model/sample.ts'
import { Collector } from '../results/collector.ts'

/** What the collector managed on one core. */
export interface CollectFigures {
  /** CSV lines, k6's own included. */
  readonly linesPerSecond: number
  readonly ownSamplesPerSecond: number
  readonly bytesPerSecond: number
  /** Resident memory at the end, a day of run time later. */
  readonly rssBytes: number
}

const rowsPerChunk = 250
const chunks = 400
const builtIn = [
  'http_reqs', 'http_req_duration', 'http_req_blocked', 'http_req_connecting', 'http_req_tls_handshaking', 'http_req_sending',
  'http_req_waiting', 'http_req_receiving', 'http_req_failed',
]

/**
 * Feeds the collector with what k6 writes for 100,000 bookings spread over 24 hours of run time: a row, four requests with
 * nine lines of k6 and one of ours each, four ledger entries, an end.
 */
export const benchCollect = (): CollectFigures => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-bench-'))
  const collector = new Collector({ plan, rowsPerStream: { web: rowsPerChunk * chunks }, dir, binMs: 10_000 })
  collector.write(Buffer.from('metric_name,timestamp,metric_value,error,extra_tags,metadata\n'))
  const counted = { lines: 0, own: 0, bytes: 0, elapsedMs: 0 }
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const csv = chunkOf(chunk)
    const startedMs = performance.now()
    for (let at = 0; at < csv.bytes.length; at += 65_536) collector.write(csv.bytes.subarray(at, at + 65_536))
    counted.elapsedMs += performance.now() - startedMs
    counted.lines += csv.lines
    counted.own += csv.own
    counted.bytes += csv.bytes.length
  }
  const { delivery } = collector.end()
  rmSync(dir, { recursive: true })
  if (delivery.completed !== rowsPerChunk * chunks || delivery.samplesLost > 0) throw new Error('expected every row collected')
  const seconds = counted.elapsedMs / 1000
  return {
    linesPerSecond: counted.lines / seconds,
    ownSamplesPerSecond: counted.own / seconds,
    bytesPerSecond: counted.bytes / seconds,
    rssBytes: process.memoryUsage.rss(),
  }
}

const dayMs = 86_400_000

const plan: Plan = {
  schemaVersion: 1, scenario: 'bench', seed: 1, fiscalCodes: 'marked',
  slice: { day: 'monday', fromMs: 0, toMs: dayMs, fullVolume: false, scale: {} },
  durationMs: dayMs, drainCapMs: 0, phases: [{ name: 'steady', fromMs: 0, toMs: dayMs }],
  streams: [], totals: {}, gates: [], fingerprint: '',
  dataset: { organizations: 0, patients: 0, prescriptions: 0, schedules: 0, slots: 0, appointments: 0 },
}

/** Lines of `rowsPerChunk` bookings; one actor each, so running numbers start at 0 in every row. */
const chunkOf = (chunk: number) => {
  const text: string[] = []
  let own = 0
  for (let index = 0; index < rowsPerChunk; index += 1) {
    const row = chunk * rowsPerChunk + index
    const samples = bookingSamples(row, (row * dayMs) / (rowsPerChunk * chunks))
    for (const [sequence, sample] of samples.entries()) {
      if (sample.kind === 'step') for (const name of builtIn) text.push(`${name},1795563282325295,13.455054,,,`)
      text.push(`collaudo,1795563282325563,1.000000,,,c=${encodeSample({ actor: row % 2000, sequence: sequenceOf(row, sequence, samples) }, sample)}`)
    }
    own += samples.length
  }
  return { bytes: Buffer.from(`${text.join('\n')}\n`), lines: text.length, own }
}

/** Two thousand actors take turns; each goes on counting where it left off. */
const sequenceOf = (row: number, index: number, samples: readonly Sample[]): number =>
  Math.floor(row / 2000) * samples.length + index

const bookingSamples = (row: number, dueMs: number): readonly Sample[] => {
  const of = { stream: 'web', row }
  const write = { kind: 'write', ...of, identifier: `r1.web.${row}`, patient: `p1-${row}`, slot: `r1-a1-s${row}` } as const
  const durationMs = 5 + ((row * 7919) % 1000) / 7
  const step = (name: string, at: number): Sample => ({
    kind: 'step', ...of, journey: 'book', step: name, outcome: 'ok', startedMs: dueMs + at, durationMs,
    ...(name === 'identify' && { fromDueMs: durationMs }),
  })
  return [
    { kind: 'row', ...of, dueMs, takenMs: dueMs - 100, startedMs: dueMs + 1 },
    step('identify', 1), step('search', 200),
    { ...write, write: 'hold', state: 'intended', atMs: dueMs + 400 },
    step('hold', 400),
    { ...write, write: 'hold', state: 'acknowledged', atMs: dueMs + 500 },
    { ...write, write: 'book', state: 'intended', atMs: dueMs + 600 },
    step('book', 600),
    { ...write, write: 'book', state: 'acknowledged', atMs: dueMs + 700 },
    { kind: 'end', ...of, journey: 'book', outcome: 'done', endedMs: dueMs + 700 },
  ]
}
