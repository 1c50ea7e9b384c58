import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeSample } from '../../generators/sample-codec.ts'
import type { PartResult } from '../../model/run-record.ts'
import type { Sample } from '../../model/sample.ts'
import { K6Output } from '../../results/k6-output.ts'
import { clocksApartMs, partReasons, partResults } from '../../results/part-results.ts'

const ended = (part: number, clockAhead: PartResult['clockAhead']): PartResult => ({
  ...{ part, clockAhead },
  state: 'ended',
  rowsStarted: 100,
  lastMs: 60_000,
})

/** A part that has started so many rows and told its end. */
const told = (rows: number, endMs: number | undefined): K6Output => {
  const output = new K6Output(() => true)
  const lines = Array.from({ length: rows }, (_, row): Sample => ({ kind: 'row', stream: 'web', row, ...times }))
  if (endMs !== undefined) lines.push({ kind: 'part-ended', atMs: endMs })
  const csv = lines.map((sample, sequence) => `collaudo,1,1,,c=${encodeSample({ actor: 1, sequence }, sample)}\n`)
  output.write(Buffer.from(`metric_name,timestamp,metric_value,extra_tags,metadata\n${csv.join('')}`))
  return output
}
const times = { dueMs: 0, takenMs: 0, startedMs: 0 }

const exact = { leastMs: -40, mostMs: 40 }

/** What a machine finds out whose clock is off by `offMs`: the truth lies somewhere between. */
const found = fc
  .record({ offMs: fc.integer({ min: -5000, max: 5000 }), below: fc.nat(500), above: fc.nat(500) })
  .map(({ offMs, below, above }) => ({ offMs, clockAhead: { leastMs: -offMs - below, mostMs: -offMs + above } }))

describe('parts of one load', () => {
  it('speak for nothing else when all have ended and their clocks may be the same', () => {
    expect(partReasons([ended(1, exact), ended(2, { leastMs: 10, mostMs: 95 })])).toEqual([])
  })

  it('are named when they are missing, told no end, or were stopped', () => {
    const missing: PartResult = { part: 2, state: 'missing', rowsStarted: 0, lastMs: null, clockAhead: null }
    const killed: PartResult = { ...ended(3, exact), state: 'broken-off', rowsStarted: 7, lastMs: 41_000 }
    const stopped: PartResult = { ...killed, part: 5, state: 'stopped', rowsStarted: 1 }
    const unheard: PartResult = { ...killed, part: 4, lastMs: null, rowsStarted: 0 }
    expect(partReasons([ended(1, exact), missing, killed, unheard, stopped])).toEqual([
      { verdict: 'invalid', text: 'Part 2 of 5 is missing: its rows are not in this record.' },
      {
        verdict: 'invalid',
        text: 'Part 3 of 5 told no end: last heard of at 41 s, with 7 rows started. It was killed, or hangs.',
      },
      {
        verdict: 'invalid',
        text: 'Part 4 of 5 told no end: last heard of before its first step, with 0 rows started. It was killed, or hangs.',
      },
      { verdict: 'invalid', text: 'Part 5 of 5 was stopped at 41 s, with 1 row started.' },
    ])
  })

  it.each<[PartResult['state'], K6Output | undefined]>([
    ['ended', told(10, 59_000)],
    ['ended', told(9, 60_000)],
    ['stopped', told(9, 59_000)],
    ['broken-off', told(10, undefined)],
    ['missing', undefined],
  ])('are %s by the rows that they have started and the end that they have told', (state, output) => {
    expect(partResults([output], { leastRows: 10, durationMs: 60_000 })).toMatchObject([{ part: 1, state }])
  })

  it('are invalid when their clocks were two seconds apart', () => {
    const [reason, ...more] = partReasons([ended(1, exact), ended(2, { leastMs: 1950, mostMs: 2050 })])
    expect(more).toEqual([])
    expect(reason).toEqual({
      verdict: 'invalid',
      text: 'The clocks of the parts were at least 1.91 s apart, limit 250 ms: they did not keep one timetable.',
    })
  })

  it('prove nothing when the target tells one of them no time, and need none where there is one part', () => {
    expect(partReasons([ended(1, exact), ended(2, null)])).toEqual([
      { verdict: 'inconclusive', text: 'Nobody can say whether the clocks agreed: the target told no time to part 2.' },
    ])
    expect(partReasons([ended(1, null)])).toEqual([])
  })

  it('are never said to be further apart than their clocks are', () => {
    fc.assert(
      fc.property(fc.array(found, { minLength: 1, maxLength: 8 }), (machines) => {
        const offs = machines.map(({ offMs }) => offMs)
        const apartMs = clocksApartMs(machines.map(({ clockAhead }, index) => ended(index + 1, clockAhead)))
        expect(apartMs).toBeLessThanOrEqual(Math.max(...offs) - Math.min(...offs))
      }),
    )
  })
})
