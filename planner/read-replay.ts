import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { Failure } from '../model/failure.ts'
import { isArriving, type Scenario, type StreamSpec } from '../model/scenario.ts'
import { dayMs, type Replay, replayOf } from './replay.ts'
import { timeInRome } from './time-in-rome.ts'

/** A line of the file that could be read. */
interface Line {
  readonly number: number
  readonly unixMs: number
  readonly stream: string
  readonly action: string
  /** The whole line, to tell two apart. */
  readonly text: string
}

interface Problem {
  readonly number: number
  readonly problem: string
}

interface Parsed {
  readonly record: Readonly<Record<string, string | undefined>>
  readonly info: { readonly lines: number }
}

const maxNamed = 10
const hint =
  'one line an arrival, in the order of time: timestamp (ISO 8601 with its offset, or Unix ms), stream, action if known, and an id where two would be equal'

/**
 * Reads a CSV file of arrivals: a header, then `timestamp,stream` and, where known, `action` and `id`; other columns are
 * passed over. Streams that the file does not name stay silent. Throws a usage Failure that names every line (the first ten)
 * that cannot be read, is out of order, is there twice, lies after `nowUnixMs` or on another day than the first.
 */
export const readReplay = async (file: string, scenario: Scenario, nowUnixMs: number): Promise<Replay> => {
  const text = await readText(file)
  const read = recordsOf(file, text).map((parsed) => ({
    number: parsed.info.lines,
    ...lineOf(parsed, scenario, nowUnixMs),
  }))
  const lines = read.filter((line) => 'unixMs' in line)
  const problems = [...read.filter((line) => 'problem' in line), ...orderProblems(lines)]
  if (problems.length > 0) {
    const inOrder = problems.toSorted((a, b) => a.number - b.number)
    throw unfit(
      file,
      inOrder.map(({ number, problem }) => `line ${number}: ${problem}`),
    )
  }
  if (lines.length === 0) throw unfit(file, ['expected at least one arrival, got none'])
  return replayOf(lines, createHash('sha256').update(text).digest('hex'))
}

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw unfit(file, [`expected a file that can be read, got ${messageOf(error)}`])
  }
}

const recordsOf = (file: string, text: string): readonly Parsed[] => {
  try {
    const options = {
      bom: true,
      columns: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }
    const records: readonly Parsed[] = parse(text, { ...options, columns: true, info: true })
    const missing = ['timestamp', 'stream'].filter((column) => records[0] && !(column in records[0].record))
    if (missing.length === 0) return records
    throw unfit(
      file,
      missing.map(
        (column) => `line 1: expected a column ${column}, got ${Object.keys(records[0]?.record ?? {}).join(', ')}`,
      ),
    )
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(file, [`expected CSV: ${messageOf(error)}`])
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const unfit = (file: string, problems: readonly string[]): Failure => {
  const more = problems.length > maxNamed ? [`and ${problems.length - maxNamed} more`] : []
  return new Failure('usage', [`--replay ${file}:`, ...problems.slice(0, maxNamed), ...more].join('\n'), hint)
}

/** The line, or what is wrong with it. */
const lineOf = (
  { record }: Parsed,
  { streams }: Scenario,
  nowUnixMs: number,
): Omit<Line, 'number'> | Pick<Problem, 'problem'> => {
  const { timestamp = '', stream = '', action = '' } = record
  // What follows another stream has no arrivals of its own.
  const arriving = streams.filter(isArriving)
  const spec = arriving.find(({ name }) => name === stream)
  const unixMs = instantOf(timestamp)
  if (Number.isNaN(unixMs)) {
    return { problem: `expected a timestamp such as 2026-11-23T09:00:00.250+01:00, got ${timestamp || 'nothing'}` }
  }
  if (unixMs > nowUnixMs) return { problem: `expected an instant that is past, got ${timestamp}` }
  if (!spec) {
    return {
      problem: `expected a stream of ${arriving.map(({ name }) => name).join(', ')}, got ${stream || 'nothing'}`,
    }
  }
  if (action !== '' && !does(spec, action)) {
    return { problem: `expected an action of ${stream} (${spec.mix.map((of) => of.action).join(', ')}), got ${action}` }
  }
  return { unixMs, stream, action, text: JSON.stringify(record) }
}

const does = ({ mix }: StreamSpec, action: string): boolean => mix.some((of) => of.action === action)

/** Unix ms, or ISO 8601 with an offset: a local time could be either of two hours in October. */
const instantOf = (text: string): number => {
  if (/^\d{12,14}$/.test(text)) return Number(text)
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
}

const orderProblems = (lines: readonly Line[]): readonly Problem[] => {
  const seen = new Map<string, number>()
  return lines.flatMap((line, index) => {
    const { number } = line
    const before = lines[index - 1] ?? line
    const twin = seen.get(line.text)
    seen.set(line.text, number)
    const problems: string[] = []
    if (line.unixMs < before.unixMs) problems.push(`expected no earlier instant than in line ${before.number}, got one`)
    if (twin !== undefined) problems.push(`expected another arrival than in line ${twin}, got the same`)
    if (!isSameDay(line, lines[0] ?? line)) problems.push('expected the day of the first line, got another')
    if (line.unixMs - (lines[0] ?? line).unixMs >= dayMs)
      problems.push('expected less than 24 h after the first line, got more')
    return problems.map((problem) => ({ number, problem }))
  })
}

const isSameDay = (a: Line, b: Line): boolean => timeInRome(a.unixMs).date === timeInRome(b.unixMs).date
