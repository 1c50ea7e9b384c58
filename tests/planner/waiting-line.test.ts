import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rngOf } from '../../generators/rng.ts'
import { isArriving } from '../../model/scenario.ts'
import { onShift } from '../../planner/on-shift.ts'
import { runClock } from '../../planner/run-clock.ts'
import { streamTimetable } from '../../planner/stream-timetable.ts'
import { WaitingLine } from '../../planner/waiting-line.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const call = (atMs: number, patienceMs = 1000, handlingMs = 100) => ({ atMs, patienceMs, handlingMs })

test('callers are served in their order as soon as an operator is free', () => {
  const line = new WaitingLine(2)
  expect([0, 10, 20, 30, 500].map((atMs) => line.servedAtMs(call(atMs)))).toEqual([0, 10, 100, 110, 500])
})

test('who would wait longer than they are willing leaves, and keeps nobody waiting', () => {
  const line = new WaitingLine(1)
  expect([call(0), call(10, 89), call(20, 80)].map((one) => line.servedAtMs(one))).toEqual([0, undefined, 100])
})

test('no more callers are served at a time than there are operators', () => {
  const calls = fc.array(fc.tuple(fc.nat(1000), fc.nat(500), fc.integer({ min: 1, max: 300 })), { maxLength: 60 })
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 5 }), (drawn, operators) => {
      const line = new WaitingLine(operators)
      const served = drawn
        .toSorted(([a], [b]) => a - b)
        .flatMap(([atMs, patienceMs, handlingMs]) => {
          const servedAtMs = line.servedAtMs({ atMs, patienceMs, handlingMs })
          return servedAtMs === undefined ? [] : [{ fromMs: servedAtMs, toMs: servedAtMs + handlingMs }]
        })
      for (const { fromMs } of served) {
        const atOnce = served.filter((other) => other.fromMs <= fromMs && other.toMs > fromMs)
        expect(atOnce.length).toBeLessThanOrEqual(operators)
      }
    }),
  )
})

test('a slice that begins with too many calls finds every operator on one, and the others waiting', () => {
  const fromMs = 9 * 3_600_000
  const slice = { day: 'monday', fromMs, toMs: fromMs + 60_000, fullVolume: false, scale: { phone: 8 } }
  const phone = onShift(recupDay.streams.find(isArriving) ?? expect.fail('no phone'), slice)
  const { rows } = streamTimetable(rngOf(1), phone, runClock(recupDay, slice))
  const served = rows.filter(({ step }) => step !== 'identify' && step !== 'lookup')
  const waiting = rows.filter(({ step, dueMs }) => dueMs === 0 && (step === 'identify' || step === 'lookup'))
  // Some of the 480 are in the pause after their last step.
  expect(served.length).toBeGreaterThan(400)
  expect(served.length).toBeLessThanOrEqual(480)
  expect(waiting.length).toBeGreaterThan(100)
})
