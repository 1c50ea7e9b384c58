import { encodeSample } from '../generators/sample-codec.ts'
import type { Sample } from '../model/sample.ts'

export const dayMs = 86_400_000
const rowsPerChunk = 250
/** What stock k6 writes for one request besides its count and our own line. */
export const builtIn = [
  'http_req_duration',
  'http_req_blocked',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
  'http_req_failed',
]

/** A piece of what k6 writes. */
export interface K6Chunk {
  readonly bytes: Buffer
  /** CSV lines, k6's own included. */
  readonly lines: number
  readonly ownSamples: number
  /** Rows up to its end. */
  readonly rowsSoFar: number
}

/**
 * What k6 writes for so many bookings spread over 24 hours of run time: each a row, four requests with nine lines of k6
 * and one of ours, four ledger entries, an end.
 */
export function* dayOfBookings(rows: number): Generator<K6Chunk> {
  yield {
    bytes: Buffer.from('metric_name,timestamp,metric_value,error,extra_tags,metadata\n'),
    lines: 0,
    ownSamples: 0,
    rowsSoFar: 0,
  }
  for (let from = 0; from < rows; from += rowsPerChunk) yield chunkOf(from, Math.min(from + rowsPerChunk, rows), rows)
}

const chunkOf = (from: number, to: number, rows: number): K6Chunk => {
  const text: string[] = []
  let ownSamples = 0
  for (let row = from; row < to; row += 1) {
    const samples = bookingSamples(row, (row * dayMs) / rows)
    for (const [index, sample] of samples.entries()) {
      if (sample.kind === 'step')
        for (const name of ['http_reqs', ...builtIn]) text.push(`${name},1795563282325295,13.455054,,,`)
      const origin = { actor: row % 2000, sequence: sequenceOf(row, index, samples) }
      text.push(`collaudo,1795563282325563,1.000000,,,c=${encodeSample(origin, sample)}`)
    }
    ownSamples += samples.length
  }
  return { bytes: Buffer.from(`${text.join('\n')}\n`), lines: text.length, ownSamples, rowsSoFar: to }
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
