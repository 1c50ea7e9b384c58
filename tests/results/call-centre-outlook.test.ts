import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { answeredWithin } from '../../generators/answered-within.ts'
import { erlangA } from '../../generators/erlang-a.ts'
import { erlangC } from '../../generators/erlang-c.ts'
import type { CallCentre } from '../../generators/palm-chain.ts'
import { callCentreOutlookSchema } from '../../model/call-centre-outlook.ts'
import { callCentreOutlook, type MeasuredCentre } from '../../results/call-centre-outlook.ts'

const centre: MeasuredCentre = {
  arrivalsPerSecond: 1,
  handlingMs: 150_000,
  operators: 480,
  patienceMs: 204_000,
  screensPerCall: 5.5,
  responseMs: 12,
}

const goals = { soonMs: 90_000, soonRatio: 0.7, lateMs: 240_000, lateRatio: 0.9, abandonedRatio: 0.1 }

const areMet = (of: CallCentre, { soonMs, soonRatio, lateMs, lateRatio, abandonedRatio } = goals) =>
  answeredWithin(of, soonMs) >= soonRatio &&
  answeredWithin(of, lateMs) >= lateRatio &&
  erlangA(of).abandonedRatio <= abandonedRatio

const areMetErlangC = (of: CallCentre, { soonMs, soonRatio, lateMs, lateRatio } = goals) => {
  const patient = erlangC(of)
  return patient.answeredWithin(soonMs) >= soonRatio && patient.answeredWithin(lateMs) >= lateRatio
}

describe('callCentreOutlook', () => {
  const outlook = callCentreOutlook(centre)
  const [now, , , second] = outlook.slowerScreens

  it('has the goals of 70 % within 90 s, 90 % within 4 min and at most 10 % abandoned', () => {
    expect(outlook.goals).toEqual(goals)
  })

  it.each([
    ['all three', goals],
    ['many answered soon', { ...goals, soonMs: 1000, soonRatio: 0.95 }],
    ['nearly all answered late', { ...goals, lateMs: 100_000, lateRatio: 0.97 }],
    ['hardly anybody given up', { ...goals, abandonedRatio: 0.001 }],
  ])('needs as many operators as just meet the goals: %s', (_, wanted) => {
    for (const row of callCentreOutlook(centre, wanted).slowerScreens) {
      const of = (operators: number) => ({ ...centre, handlingMs: row.handlingMs, operators })
      const met = [-1, 0].map((more) => areMet(of(row.operatorsNeeded + more), wanted))
      const metErlangC = [-1, 0].map((more) => areMetErlangC(of(row.operatorsNeededErlangC + more), wanted))
      expect([met, metErlangC]).toEqual([
        [false, true],
        [false, true],
      ])
    }
  })

  it('gives 800 operators as many calls an hour as they can just take', () => {
    for (const { handlingMs, capacityPerHour } of outlook.slowerScreens) {
      const at = (callsPerHour: number) =>
        areMet({ ...centre, handlingMs, operators: 800, arrivalsPerSecond: callsPerHour / 3600 })
      expect([at(capacityPerHour), at(capacityPerHour + 1)]).toEqual([true, false])
    }
  })

  it('makes a call longer by what each of its screens takes longer', () => {
    expect(outlook.slowerScreens.map(({ addedMs }) => addedMs)).toEqual([0, 250, 500, 1000, 2000, 5000])
    expect(outlook.slowerScreens.map(({ handlingMs }) => handlingMs)).toEqual([
      150_000, 151_375, 152_750, 155_500, 161_000, 177_500,
    ])
    expect(second?.responseMs).toBe(1012)
  })

  it('says what a second more on each screen takes: 30 of 800 operators at their limit', () => {
    // 5.5 s of 150 s are 3.7 %.
    expect([now?.operatorsNeededAtCapacity, second?.operatorsNeededAtCapacity]).toEqual([800, 830])
    expect([now?.capacityPerHour, second?.capacityPerHour]).toEqual([21_333, 20_578])
  })

  it('needs more operators than there are erlangs where nobody gives up, and fewer where some do', () => {
    expect([now?.operatorsNeeded, now?.operatorsNeededErlangC]).toEqual([136, 152])
  })

  it('looks at those on shift and at all 800', () => {
    expect(outlook.staffing.map(({ operators, occupancyRatio }) => [operators, occupancyRatio])).toEqual([
      [480, expect.closeTo(0.3125, 12)],
      [800, expect.closeTo(0.1875, 12)],
    ])
  })

  it('shows the wait, the service level and the calls given up that are expected of those on shift', () => {
    const busy = { ...centre, operators: 140 }
    const [onShift] = callCentreOutlook(busy).staffing
    const { abandonedRatio, meanWaitMs } = erlangA(busy)
    expect(onShift).toMatchObject({ abandonedRatio, meanWaitMs })
    expect(onShift?.answeredSoonRatio).toBeCloseTo(answeredWithin(busy, 90_000), 9)
    expect(onShift?.answeredLateRatio).toBeCloseTo(answeredWithin(busy, 240_000), 9)
    expect(onShift?.waitingRatio).toBeCloseTo(1 - answeredWithin(busy, 0), 9)
  })
})

test('whatever was measured: slower screens never need fewer operators nor leave room for more calls, and the record takes all of it', () => {
  const measured = fc.record({
    arrivalsPerSecond: fc.double({ min: 0.001, max: 5, noNaN: true }),
    handlingMs: fc.double({ min: 20_000, max: 600_000, noNaN: true }),
    operators: fc.integer({ min: 1, max: 800 }),
    patienceMs: fc.double({ min: 20_000, max: 600_000, noNaN: true }),
    screensPerCall: fc.double({ min: 0, max: 12, noNaN: true }),
    responseMs: fc.double({ min: 0, max: 10_000, noNaN: true }),
  })
  fc.assert(
    fc.property(measured, (of) => {
      const outlook = callCentreOutlookSchema.parse(callCentreOutlook(of))
      for (const [index, row] of outlook.slowerScreens.slice(1).entries()) {
        const faster = outlook.slowerScreens[index]
        expect(row.operatorsNeeded).toBeGreaterThanOrEqual(faster?.operatorsNeeded ?? 0)
        expect(row.operatorsNeededErlangC).toBeGreaterThanOrEqual(faster?.operatorsNeededErlangC ?? 0)
        expect(row.capacityPerHour).toBeLessThanOrEqual(faster?.capacityPerHour ?? 0)
      }
    }),
    { numRuns: 8 },
  )
})
