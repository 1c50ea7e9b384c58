import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { answeredWithin } from '../../generators/answered-within.ts'
import { erlangA } from '../../generators/erlang-a.ts'
import { erlangC } from '../../generators/erlang-c.ts'
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

const goodEnough = (operators: number, of: { readonly handlingMs: number; readonly arrivalsPerSecond: number }) => {
  const staffed = { ...centre, ...of, operators }
  return (
    answeredWithin(staffed, 90_000) >= 0.7 &&
    answeredWithin(staffed, 240_000) >= 0.9 &&
    erlangA(staffed).abandonedRatio <= 0.1
  )
}

describe('callCentreOutlook', () => {
  const outlook = callCentreOutlook(centre)
  const [now, , , second] = outlook.slowerScreens

  it('needs as many operators as just meet 70 % within 90 s, 90 % within 4 min and at most 10 % abandoned', () => {
    for (const { handlingMs, operatorsNeeded } of outlook.slowerScreens) {
      const of = { handlingMs, arrivalsPerSecond: 1 }
      expect([goodEnough(operatorsNeeded - 1, of), goodEnough(operatorsNeeded, of)]).toEqual([false, true])
    }
  })

  it('gives 800 operators as many calls an hour as they can just take', () => {
    for (const { handlingMs, capacityPerHour } of outlook.slowerScreens) {
      const at = (callsPerHour: number) => goodEnough(800, { handlingMs, arrivalsPerSecond: callsPerHour / 3600 })
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

  it('needs more operators where nobody gives up: they serve everybody', () => {
    const patient = erlangC({ ...centre, operators: now?.operatorsNeededErlangC ?? 0 })
    expect(now?.operatorsNeededErlangC).toBeGreaterThan(150)
    expect([patient.answeredWithin(90_000) >= 0.7, patient.answeredWithin(240_000) >= 0.9]).toEqual([true, true])
  })

  it('looks at those on shift and at all 800', () => {
    expect(outlook.staffing.map(({ operators, occupancyRatio }) => [operators, occupancyRatio])).toEqual([
      [480, 0.3125],
      [800, 0.1875],
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
