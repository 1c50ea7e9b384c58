import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { encodeSample } from '../generators/sample-codec.ts'
import type { Sample } from '../model/sample.ts'

/** What the collector managed, per second of its own processor time. */
export interface CollectFigures {
  /** CSV lines, k6's own included. */
  readonly linesPerSecond: number
  readonly ownSamplesPerSecond: number
  readonly bytesPerSecond: number
  /** Peak resident memory of its process, a day of run time long. */
  readonly rssBytes: number
}

/** What `collect-process.ts` says in the end. */
export interface CollectProcessFigures {
  readonly cpuSeconds: number
  readonly rssBytes: number
}

export const dayMs = 86_400_000
const rowsPerChunk = 250
const chunks = 400
export const benchRows = rowsPerChunk * chunks
const builtIn = [
  'http_reqs',
  'http_req_duration',
  'http_req_blocked',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
  'http_req_failed',
]

/**
 * Feeds a collector in a process of its own with what k6 writes for 100,000 bookings spread over 24 hours of run time:
 * each a row, four requests with nine lines of k6 and one of ours, four ledger entries, an end.
 */
export const benchCollect = async (): Promise<CollectFigures> => {
  // The same young generation as the command line runs with: V8 would let it grow to 128 MB of garbage.
  const file = new URL('./collect-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--max-semi-space-size=16', file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answer = text(child.stdout)
  child.stdin.write('metric_name,timestamp,metric_value,error,extra_tags,metadata\n')
  const written = { lines: 0, own: 0, bytes: 0 }
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const csv = chunkOf(chunk)
    if (!child.stdin.write(csv.bytes)) await once(child.stdin, 'drain')
    written.lines += csv.lines
    written.own += csv.own
    written.bytes += csv.bytes.length
  }
  child.stdin.end()
  const { cpuSeconds, rssBytes }: CollectProcessFigures = JSON.parse(await answer)
  return {
    linesPerSecond: written.lines / cpuSeconds,
    ownSamplesPerSecond: written.own / cpuSeconds,
    bytesPerSecond: written.bytes / cpuSeconds,
    rssBytes,
  }
}

/** Lines of `rowsPerChunk` bookings. */
const chunkOf = (chunk: number) => {
  const text: string[] = []
  let own = 0
  for (let index = 0; index < rowsPerChunk; index += 1) {
    const row = chunk * rowsPerChunk + index
    const samples = bookingSamples(row, (row * dayMs) / (rowsPerChunk * chunks))
    for (const [sequence, sample] of samples.entries()) {
      if (sample.kind === 'step') for (const name of builtIn) text.push(`${name},1795563282325295,13.455054,,,`)
      text.push(
        `collaudo,1795563282325563,1.000000,,,c=${encodeSample({ actor: row % 2000, sequence: sequenceOf(row, sequence, samples) }, sample)}`,
      )
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
  const write = {
    kind: 'write',
    ...of,
    identifier: `r1.web.${row}`,
    patient: `p1-${row}`,
    slot: `r1-a1-s${row}`,
  } as const
  const durationMs = 5 + ((row * 7919) % 1000) / 7
  const step = (name: string, at: number): Sample => ({
    kind: 'step',
    ...of,
    journey: 'book',
    step: name,
    outcome: 'ok',
    startedMs: dueMs + at,
    durationMs,
    ...(name === 'identify' && { fromDueMs: durationMs }),
  })
  return [
    { kind: 'row', ...of, dueMs, takenMs: dueMs - 100, startedMs: dueMs + 1 },
    step('identify', 1),
    step('search', 200),
    { ...write, write: 'hold', state: 'intended', atMs: dueMs + 400 },
    step('hold', 400),
    { ...write, write: 'hold', state: 'acknowledged', atMs: dueMs + 500 },
    { ...write, write: 'book', state: 'intended', atMs: dueMs + 600 },
    step('book', 600),
    { ...write, write: 'book', state: 'acknowledged', atMs: dueMs + 700 },
    { kind: 'end', ...of, journey: 'book', outcome: 'done', endedMs: dueMs + 700 },
  ]
}
