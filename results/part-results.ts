import type { PartResult } from '../model/run-record.ts'
import { counted, formatMs } from './format.ts'
import type { K6Output } from './k6-output.ts'
import type { Reason } from './reason.ts'

/** What a part that went through the whole load must have done. */
export interface WholePart {
  /** Rows that each part has at least. */
  readonly leastRows: number
  /** When the last row may be due. */
  readonly durationMs: number
}

/** What became of each part, from what it has told; undefined for one that told nothing. */
export const partResults = (outputs: readonly (K6Output | undefined)[], whole: WholePart): PartResult[] =>
  outputs.map((output, index) => ({
    part: index + 1,
    state: stateOf(output, whole),
    rowsStarted: output?.rowsStarted ?? 0,
    lastMs: output && Number.isFinite(output.newestMs) ? output.newestMs : null,
    clockAhead: output?.began?.offset ?? null,
  }))

/** k6 comes to its end early only when no row is left, or when somebody ends it. */
const stateOf = (output: K6Output | undefined, { leastRows, durationMs }: WholePart): PartResult['state'] => {
  if (!output) return 'missing'
  if (!output.ended) return 'broken-off'
  return output.ended.atMs < durationMs && output.rowsStarted < leastRows ? 'stopped' : 'ended'
}

/** Clocks that are further apart than this cannot have kept one timetable: half of what a step of a person may take. Assumption. */
export const mostApartMs = 250

/**
 * How far apart the clocks of parts are at least: the target is ahead of each by something in [least, most], so two differ by no less
 * than the greatest `least` minus the smallest `most`. 0 where all may be the same.
 */
export const clocksApartMs = (parts: readonly PartResult[]): number => {
  const known = parts.flatMap(({ clockAhead }) => clockAhead ?? [])
  if (known.length === 0) return 0
  const leastMs = Math.max(...known.map((ahead) => ahead.leastMs))
  const mostMs = Math.min(...known.map((ahead) => ahead.mostMs))
  return Math.max(0, leastMs - mostMs)
}

/** What speaks against a record of parts. */
export const partReasons = (parts: readonly PartResult[]): readonly Reason[] => [
  ...parts.flatMap((part) => stateReason(part, parts.length)),
  ...clockReason(parts),
]

const stateReason = ({ part, state, rowsStarted, lastMs }: PartResult, parts: number): readonly Reason[] => {
  const name = `Part ${part} of ${parts}`
  const last = lastMs === null ? 'before its first step' : `at ${formatMs(lastMs)}`
  const rows = counted(rowsStarted, 'row', 'rows')
  switch (state) {
    case 'ended':
      return []
    case 'stopped':
      return [{ verdict: 'invalid', text: `${name} was stopped ${last}, with ${rows} started.` }]
    case 'broken-off':
      return [
        {
          verdict: 'invalid',
          text: `${name} told no end: last heard of ${last}, with ${rows} started. It was killed, or hangs.`,
        },
      ]
    case 'missing':
      return [{ verdict: 'invalid', text: `${name} is missing: its rows are not in this record.` }]
  }
}

const clockReason = (parts: readonly PartResult[]): readonly Reason[] => {
  const apartMs = clocksApartMs(parts)
  if (apartMs > mostApartMs) {
    return [
      {
        verdict: 'invalid',
        text: `The clocks of the parts were at least ${formatMs(apartMs)} apart, limit ${formatMs(mostApartMs)}: they did not keep one timetable.`,
      },
    ]
  }
  const unknown = parts.filter(({ state, clockAhead }) => state !== 'missing' && clockAhead === null)
  if (unknown.length === 0 || parts.length === 1) return []
  const names = unknown.map(({ part }) => part).join(', ')
  return [
    {
      verdict: 'inconclusive',
      text: `Nobody can say whether the clocks agreed: the target told no time to part ${names}.`,
    },
  ]
}
