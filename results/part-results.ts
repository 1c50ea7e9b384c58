import type { PartResult } from '../model/run-record.ts'
import { counted, formatMs } from './format.ts'
import type { K6Output } from './k6-output.ts'
import type { Reason } from './reason.ts'

/** What became of each part, from what it has told; undefined for one that told nothing. */
export const partResults = (outputs: readonly (K6Output | undefined)[]): PartResult[] =>
  outputs.map((output, index) => ({
    part: index + 1,
    state: output === undefined ? 'missing' : output.ended ? 'ended' : 'broken-off',
    rowsStarted: output?.rowsStarted ?? 0,
    lastMs: output && Number.isFinite(output.newestMs) ? output.newestMs : null,
    clockAhead: output?.began?.offset ?? null,
  }))

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
  switch (state) {
    case 'ended':
      return []
    case 'broken-off': {
      const last = lastMs === null ? 'before its first step' : `at ${formatMs(lastMs)}`
      return [
        {
          verdict: 'invalid',
          text: `${name} told no end: last heard of ${last}, with ${counted(rowsStarted, 'row', 'rows')} started. It was killed, or hangs.`,
        },
      ]
    }
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
