import { mean, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { expectedBetween } from '../../generators/curve.ts'
import { rngOf } from '../../generators/rng.ts'
import { isArriving } from '../../model/scenario.ts'
import { runClock } from '../../planner/run-clock.ts'
import { streamCurves } from '../../planner/stream-curves.ts'
import { streamTimetable } from '../../planner/stream-timetable.ts'
import { uniformityP } from '../../qualify/realism/uniformity.ts'
import { demands } from '../../region/demands.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const streams = recupDay.streams.filter(isArriving)
const wholeDay = { day: 'weekday', fromMs: 0, toMs: 86_400_000, fullVolume: false, scale: {} } as const
const dayClock = runClock(recupDay, wholeDay)
const drawDay = (seed: number, stream: number) => {
  const spec = streams[stream] ?? expect.fail('no such stream')
  return streamTimetable(rngOf(seed).split('streams').split(spec.name), spec, dayClock)
}

/** Of so many tests of a true hypothesis one falls below this in a hundred times. */
const onePercentOfAll = 0.01 / (5 * streams.length)

describe.each(streams.map((spec, index) => [spec.name, spec, index] as const))('stream %s', (_, spec, index) => {
  test('its curve integrates to its share of the region’s day exactly', () => {
    expect(drawDay(1, index).expected).toBeCloseTo(demands[spec.demand]?.arrivalsPerDay.value ?? 0, 6)
  })

  test.each([1, 2, 3, 4, 5])(
    'with seed %i its rows fit the realised rate (time rescaling, Kolmogorov–Smirnov)',
    (seed) => {
      const { rows, realised } = drawDay(seed, index)
      const inside = rows.filter(({ dueMs }) => dueMs >= dayClock.warmUpMs)
      const total = expectedBetween(realised, dayClock.warmUpMs, dayClock.durationMs)
      const rescaled = cumulatives(
        realised,
        inside.map(({ dueMs }) => dueMs),
        dayClock.warmUpMs,
      )
      expect(uniformityP(rescaled.map((reached) => reached / total))).toBeGreaterThan(onePercentOfAll)
    },
  )

  test('over 1,000 drawn days the daily number has the model’s mean and coefficient of variation', () => {
    const { overdispersion, arrivalsPerDay } = demands[spec.demand] ?? expect.fail('no such demand')
    const counts = Array.from({ length: 1000 }, (_, seed) =>
      expectedBetween(drawRealised(seed, index), dayClock.warmUpMs, dayClock.durationMs),
    )
    const { dayCv, quarterCv } = overdispersion.value
    expect(Math.abs(mean(counts) / arrivalsPerDay.value - 1)).toBeLessThan((4 * dayCv) / Math.sqrt(1000) + 1e-9)
    const cv = sampleStandardDeviation(counts) / mean(counts)
    expect(cv).toBeGreaterThanOrEqual(dayCv * 0.93)
    // The fewer quarter hours a day has, the more theirs counts.
    expect(cv).toBeLessThanOrEqual(Math.hypot(dayCv, quarterCv) + 1e-9)
  })
})

test('on a mean day no stream is busier than its model, in no quarter hour', () => {
  const meanDay = runClock(recupDay, { ...wholeDay, meanDay: true })
  for (const spec of streams) {
    const { realised, expected } = streamCurves(rngOf(1), spec, meanDay)
    expect(realised).toEqual(expected)
  }
  expect(drawRealised(1, 0)).not.toEqual(
    streamCurves(rngOf(1), streams[0] ?? expect.fail('no stream'), meanDay).realised,
  )
})

const drawRealised = (seed: number, stream: number) =>
  streamCurves(rngOf(seed), streams[stream] ?? expect.fail('no such stream'), dayClock).realised

/** ∫λ from the start to each instant, in one pass over both. */
const cumulatives = (
  curve: readonly { fromMs: number; toMs: number; arrivalsPerMs: number }[],
  instants: readonly number[],
  fromMs: number,
) => {
  let segment = 0
  let before = 0
  return instants.map((atMs) => {
    for (let current = curve[segment]; current && current.toMs < atMs; current = curve[++segment]) {
      before += Math.max(0, current.toMs - Math.max(current.fromMs, fromMs)) * current.arrivalsPerMs
    }
    const current = curve[segment] ?? expect.fail('beyond the curve')
    return before + (atMs - Math.max(current.fromMs, fromMs)) * current.arrivalsPerMs
  })
}

describe('streamTimetable', () => {
  const hourClock = runClock(recupDay, { ...wholeDay, fromMs: 9 * 3_600_000, toMs: 10 * 3_600_000 })
  const phone = streams[0] ?? expect.fail('no phone stream')
  const isFirst = (step: string) => step === 'identify' || step === 'lookup'

  test('a slice holds the same arrivals as the whole day', () => {
    const day = streamTimetable(rngOf(1), phone, dayClock)
    const hour = streamTimetable(rngOf(1), phone, hourClock)
    const arrivedInHour = hour.rows.filter(({ step, dueMs }) => isFirst(step) && dueMs >= hourClock.warmUpMs)
    const shiftMs = 9 * 3_600_000
    const sameInDay = day.rows.filter(
      ({ dueMs }) => dueMs >= shiftMs + dayClock.warmUpMs && dueMs < shiftMs + 3_600_000 + dayClock.warmUpMs,
    )
    expect(arrivedInHour.map(({ subject }) => subject)).toEqual(sameInDay.map(({ subject }) => subject))
  })

  test('journeys under way at the start enter at a later step, and about as many as Little’s law asks for', () => {
    const { rows, open } = streamTimetable(rngOf(1), phone, hourClock)
    const entered = rows.filter(({ step }) => !isFirst(step))
    expect(entered.length).toBeGreaterThan(0)
    expect(entered.length).toBeLessThanOrEqual(open)
    // L = λ·W: about 0.87 calls a second, about 100 s until the last step begins.
    expect(open).toBeGreaterThan(55)
    expect(open).toBeLessThan(120)
  })

  test('a squeezed slice keeps the rate, and with its full volume the number', () => {
    const squeezed = (fullVolume: boolean) =>
      streamTimetable(
        rngOf(1),
        phone,
        runClock(recupDay, { ...wholeDay, fromMs: 28_800_000, toMs: 36_000_000, squeezeMs: 300_000, fullVolume }),
      ).expected
    const hours = streamTimetable(
      rngOf(1),
      phone,
      runClock(recupDay, { ...wholeDay, fromMs: 28_800_000, toMs: 36_000_000 }),
    ).expected
    expect(squeezed(true)).toBeCloseTo(hours, 6)
    expect(squeezed(false)).toBeCloseTo(hours / 24, 6)
  })

  test('rows are sorted by due time', () => {
    const dues = streamTimetable(rngOf(4), phone, dayClock).rows.map(({ dueMs }) => dueMs)
    expect(dues).toEqual(dues.toSorted((a, b) => a - b))
  })
})
