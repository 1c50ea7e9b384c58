import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { answeredWithin } from '../../generators/answered-within.ts'
import { erlangC } from '../../generators/erlang-c.ts'

/** 800 operators, 300 s a call. */
const lazio = (callsPerHour: number) =>
  erlangC({ arrivalsPerSecond: callsPerHour / 3600, handlingMs: 300_000, operators: 800 })

describe('erlangC', () => {
  it('lets a call wait with 0.1741319 at 10 erlang before 14 operators', () => {
    expect(erlangC({ arrivalsPerSecond: 10, handlingMs: 1000, operators: 14 }).waitingRatio).toBeCloseTo(0.1741319, 7)
  })

  it.each([
    [9000, 0.04, 300],
    [9300, 0.27, 3300],
    [9500, 0.68, 24_500],
    [9590, 0.96, 347_000],
  ])(
    'at %i calls an hour lets %d of them wait, %i ms on average (published table, rounded)',
    (calls, waiting, waitMs) => {
      const { waitingRatio, meanWaitMs } = lazio(calls)
      expect(waitingRatio).toBeCloseTo(waiting, 2)
      expect(Math.abs(meanWaitMs - waitMs)).toBeLessThanOrEqual(waitMs > 100_000 ? 500 : 50)
    },
  )

  it('answers nobody ever where more call than can be answered', () => {
    const { waitingRatio, meanWaitMs, answeredWithin: within } = lazio(9600)
    expect([waitingRatio, meanWaitMs, within(1e9)]).toEqual([1, Number.POSITIVE_INFINITY, 0])
  })
})

test('it is Erlang A whose callers never give up, whatever the load and the time', () => {
  const centre = fc.record({
    loadRatio: fc.double({ min: 0.2, max: 0.98, noNaN: true }),
    operators: fc.integer({ min: 1, max: 300 }),
  })
  fc.assert(
    fc.property(centre, fc.double({ min: 0, max: 3, noNaN: true }), ({ loadRatio, operators }, calls) => {
      const of = { arrivalsPerSecond: loadRatio * operators, handlingMs: 1000, operators }
      const withinMs = calls * 1000
      const patient = answeredWithin({ ...of, patienceMs: 1e10 }, withinMs)
      expect(erlangC(of).answeredWithin(withinMs)).toBeCloseTo(patient, 4)
    }),
    { numRuns: 50 },
  )
})
