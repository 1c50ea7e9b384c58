import { Failure } from '../model/failure.ts'

/** What is summed of k6's built-in metrics, and lines that could not be used. */
export interface K6Totals {
  readonly requests: number
  readonly bytesSent: number
  readonly bytesReceived: number
  /** Lines of ours without a readable sample, and what was left without its line end. */
  readonly badLines: number
}

const newline = 10
const comma = 44
const quote = 34
const samplePrefix = Buffer.from('collaudo,')
const requestsPrefix = Buffer.from('http_reqs,')
const sentPrefix = Buffer.from('data_sent,')
const receivedPrefix = Buffer.from('data_received,')
const headerPrefix = Buffer.from('metric_name,')
const nothing = Buffer.alloc(0)
/** No line of k6 comes near; beyond it the rest of a line is dropped, so that memory stays bounded. */
const maxLineBytes = 1 << 20

/**
 * Reads the CSV output of k6 in chunks as they come from a pipe. `onSample` gets the value of the metadata key `c` of each
 * line of the metric `collaudo`, and says whether it could read it. All other lines are told apart by their first bytes
 * and skipped; so is whatever k6 prints before the header. Throws a Failure when the header lacks a column.
 */
export class K6CsvReader {
  readonly #onSample: (encoded: string) => boolean
  #rest: Buffer = nothing
  #valueColumn = -1
  #metadataColumn = -1
  #requests = 0
  #bytesSent = 0
  #bytesReceived = 0
  #badLines = 0

  constructor(onSample: (encoded: string) => boolean) {
    this.#onSample = onSample
  }

  get totals(): K6Totals {
    return {
      requests: this.#requests,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
      badLines: this.#badLines,
    }
  }

  write(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (this.#rest.length === 0) this.#line(chunk, start, end)
      else this.#joinedLine(chunk.subarray(start, end))
      start = end + 1
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start))
  }

  /** Counts what is left of a line that never ended, as after a kill. */
  end(): void {
    if (this.#rest.length > 0) this.#badLines += 1
    this.#rest = nothing
  }

  #joinedLine(end: Buffer): void {
    const line = Buffer.concat([this.#rest, end])
    this.#rest = nothing
    this.#line(line, 0, line.length)
  }

  /** Keeps the begun last line of a chunk, copied: a small view would hold the whole chunk in memory. */
  #keep(rest: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, rest])
    if (this.#rest.length <= maxLineBytes) return
    this.#badLines += 1
    this.#rest = nothing
  }

  #line(data: Buffer, start: number, end: number): void {
    switch (data[start]) {
      case 104:
        if (startsWith(data, start, requestsPrefix)) this.#requests += this.#value(data.subarray(start, end))
        return
      case 100:
        if (startsWith(data, start, sentPrefix)) this.#bytesSent += this.#value(data.subarray(start, end))
        else if (startsWith(data, start, receivedPrefix)) this.#bytesReceived += this.#value(data.subarray(start, end))
        return
      case 99:
        if (startsWith(data, start, samplePrefix)) this.#sample(data.subarray(start, end))
        return
      case 109:
        if (startsWith(data, start, headerPrefix)) this.#header(data.toString('latin1', start, end))
    }
  }

  #value(line: Buffer): number {
    const value = Number.parseFloat(field(line, this.#valueColumn))
    if (Number.isFinite(value)) return value
    this.#badLines += 1
    return 0
  }

  #sample(line: Buffer): void {
    const metadata = field(line, this.#metadataColumn)
    const encoded = metadata.startsWith('c=') ? metadata : metadata.split('&').find((part) => part.startsWith('c='))
    if (encoded === undefined || !this.#onSample(metadataValue(encoded))) this.#badLines += 1
  }

  #header(line: string): void {
    const columns = line.trim().split(',')
    this.#valueColumn = columns.indexOf('metric_value')
    this.#metadataColumn = columns.indexOf('metadata')
    if (this.#valueColumn !== -1 && this.#metadataColumn !== -1) return
    throw new Failure(
      'crashed',
      `expected the columns metric_value and metadata in the CSV output of k6, got ${line}`,
      'use the k6 that runner/k6/go.mod pins',
    )
  }
}

const startsWith = (data: Buffer, start: number, prefix: Buffer): boolean => {
  for (let at = 0; at < prefix.length; at += 1) if (data[start + at] !== prefix[at]) return false
  return true
}

/** Text of one CSV field (a quoted one without its quotes); empty when the line has too few. */
const field = (line: Buffer, column: number): string => {
  let from = 0
  for (let skipped = 0; skipped < column; skipped += 1) {
    from = fieldEnd(line, from) + 1
    if (from > line.length) return ''
  }
  const to = fieldEnd(line, from)
  return line[from] === quote ? line.toString('latin1', from + 1, to - 1) : line.toString('latin1', from, to)
}

const fieldEnd = (line: Buffer, from: number): number => {
  let quoted = false
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === quote) quoted = !quoted
    else if (line[at] === comma && !quoted) return at
  }
  return line.length
}

const metadataValue = (metadata: string): string => {
  const end = metadata.indexOf('&')
  return end === -1 ? metadata.slice(2) : metadata.slice(2, end)
}
