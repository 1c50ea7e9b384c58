import type { Plan, PlannedStream } from '../model/plan.ts'
import { operationOf } from '../region/operations.ts'

const head = [
  'stream',
  'channel',
  'day factor',
  'expected',
  'drawn',
  'of stream',
  'of operations',
  'warm-up',
  'under way',
  'again',
  'actors',
  'memory',
] as const

/** A plan's streams and what their rows do, a line each. */
export const planTable = ({ streams, totals }: Plan): readonly string[] => {
  const operations = totals['operations']?.expected ?? 0
  const rows = streams.flatMap((stream) => [streamRow(stream, operations), ...actionRows(stream, operations)])
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)))
  return all.map((cells) =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

const streamRow = (of: PlannedStream, operations: number): readonly string[] => [
  of.name,
  of.channel,
  `× ${Number(of.dayFactor.toFixed(2))}`,
  of.expected.toFixed(1),
  String(of.drawn),
  '',
  share(operationsOf(of), operations),
  String(of.warmUp),
  String(of.open),
  String(of.again),
  String(of.pool),
  `${Math.round(of.poolMemoryBytes / 1e6)} MB`,
]

/** What the rows of a stream do, where they do not all do the same. */
const actionRows = (of: PlannedStream, operations: number): readonly (readonly string[])[] =>
  of.actions.length === 1
    ? []
    : of.actions.map((action) => [
        `  ${action.action}`,
        '',
        '',
        action.expected.toFixed(1),
        String(action.drawn),
        share(action.expected, of.expected),
        share(operationsOf({ ...of, actions: [action] }), operations),
      ])

const operationsOf = ({ actions, channel }: Pick<PlannedStream, 'actions' | 'channel'>): number =>
  actions.reduce((sum, { action, expected }) => sum + (operationOf(action, channel) ? expected : 0), 0)

/** Nothing is said of nothing. */
const share = (part: number, whole: number): string => (part === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`)
