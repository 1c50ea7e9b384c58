import { mean, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { expectedBetween } from '../../generators/curve.ts'
import { episodeOf } from '../../generators/emergency/episode.ts'
import { eventsOf, stepsOfEvent } from '../../generators/emergency/row-events.ts'
import { rngOf } from '../../generators/rng.ts'
import { thinkAfterMs } from '../../generators/think-times.ts'
import { isArriving } from '../../model/scenario.ts'
import { episodeTimetable } from '../../planner/episode-timetable.ts'
import { drawPlan } from '../../planner/plan.ts'
import { runClock } from '../../planner/run-clock.ts'
import { streamCurves } from '../../planner/stream-curves.ts'
import { uniformityP } from '../../qualify/realism/uniformity.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const minuteMs = 60_000
const [spec = expect.fail('no stream')] = emergencyMonth.streams.filter(isArriving)
const base = { day: 'monday', fromMs: 0, toMs: dayMs, fullVolume: false, scale: {} }
const month = { ...base, days: 30 }
const rngOfSeed = (seed: number) => rngOf(seed).split('streams').split(spec.name)
const draw = (seed: number, slice: typeof base & { days?: number; squeezeMs?: number }) =>
  episodeTimetable(rngOfSeed(seed), spec, { clock: runClock(emergencyMonth, slice) })

describe('a month of emergencies', () => {
  test('expects 110,000 accesses and 1,500,000 services exactly', () => {
    const { totals } = drawPlan({ scenario: emergencyMonth, slice: month, seed: 1, fiscalCodes: 'marked' }).plan
    expect(totals['accesses']?.expected).toBeCloseTo(110_000, 6)
    expect(totals['services']?.expected).toBeCloseTo(1_500_000, 5)
  })

  test('over 200 drawn months the number has the model’s spread, and no day is below 0.55 or above 1.37 of the mean', () => {
    const clock = runClock(emergencyMonth, month)
    const months = Array.from({ length: 200 }, (_, seed) => {
      const { realised } = streamCurves(rngOfSeed(seed), spec, clock)
      return Array.from({ length: 30 }, (_, day) =>
        expectedBetween(realised, clock.warmUpMs + day * dayMs, clock.warmUpMs + (day + 1) * dayMs),
      )
    })
    const totals = months.map((days) => days.reduce((sum, count) => sum + count, 0))
    // Thirty independent days of CV 0.05: the month's is 0.05 / √30, and that of the mean of 200 months a fourteenth of it.
    const cv = 0.05 / Math.sqrt(30)
    expect(Math.abs(mean(totals) / 110_000 - 1)).toBeLessThan((4 * cv) / Math.sqrt(200))
    expect(sampleStandardDeviation(totals) / mean(totals) / cv).toBeGreaterThan(0.8)
    expect(sampleStandardDeviation(totals) / mean(totals) / cv).toBeLessThan(1.25)
    const days = months.flat().map((count) => count / (110_000 / 30))
    expect(Math.min(...days)).toBeGreaterThan(0.55)
    expect(Math.max(...days)).toBeLessThan(1.37)
  })

  test.each([1, 2, 3])(
    'with seed %i its arrivals fit the realised rate (time rescaling, Kolmogorov–Smirnov)',
    (seed) => {
      const clock = runClock(emergencyMonth, base)
      const { rows, realised } = draw(seed, base)
      const arrived = rows
        .filter(({ step, dueMs }) => step.startsWith('register') && dueMs >= clock.warmUpMs)
        .map(({ dueMs }) => dueMs)
      const total = expectedBetween(realised, clock.warmUpMs, clock.durationMs)
      const rescaled = arrived.map((atMs) => expectedBetween(realised, clock.warmUpMs, atMs) / total)
      expect(uniformityP(rescaled)).toBeGreaterThan(0.01 / 3)
    },
  )
})

describe('open episodes', () => {
  /** Thirty regions at once: chance is then below one per cent of those who are there. */
  const crowded = { ...base, scale: { '*': 30 } }
  const clock = runClock(emergencyMonth, crowded)
  const { rows, episodes, realised } = draw(1, crowded)
  const stays = Array.from({ length: 40_000 }, (_, index) => {
    const { events } = episodeOf(rngOf(99).at(index).uint32())
    return events.at(-1)?.afterMs ?? 0
  })
  const openAt0 = episodes.filter(({ behind }) => behind > 0).length
  const changes = rows.flatMap(({ dueMs, step, seed }) => {
    const last = episodeOf(seed).events.at(-1)?.name
    return step.split('+').flatMap((name) => (name === 'register' ? [[dueMs, 1]] : name === last ? [[dueMs, -1]] : []))
  })

  /** How many there are at t when all that came are: the mean over the stays of ∫λ from t − stay to t. */
  const expectedOpen = (atMs: number): number =>
    mean(stays.map((stayMs) => expectedBetween(realised, atMs - stayMs, atMs)))

  test.each([0, 4, 8, 12, 16, 20, 24])(
    'at %i o’clock are as many as Little’s law asks for, within two per cent',
    (hour) => {
      const atMs = Math.min(clock.warmUpMs + hour * hourMs, clock.durationMs - 1)
      const open = changes.reduce((count, [at = 0, change = 0]) => (at <= atMs ? count + change : count), openAt0)
      expect(Math.abs(open / expectedOpen(atMs) - 1)).toBeLessThan(0.02)
    },
  )
})

describe('the rows of an episode', () => {
  test.each([
    ['as in life', {}],
    ['squeezed a little', { squeezeMs: 6 * hourMs }],
    ['squeezed into five minutes', { squeezeMs: 5 * minuteMs }],
    ['squeezed into five minutes with its full volume', { squeezeMs: 5 * minuteMs, fullVolume: true }],
  ])(
    'come in the order of its events, each event once, and none before the one before it is over: %s',
    (_, squeeze) => {
      const slice = { ...base, ...squeeze }
      const { rows, episodes } = draw(1, slice)
      const byEpisode = new Map<number, typeof rows>()
      for (const row of rows) byEpisode.set(row.subject, [...(byEpisode.get(row.subject) ?? []), row])
      expect(byEpisode.size).toBeGreaterThan(0)
      for (const [subject, own] of byEpisode) {
        const { seed, behind } = episodes[subject] ?? expect.fail('no episode')
        const { events } = episodeOf(seed)
        const names = own.flatMap(({ step }) => step.split('+'))
        expect(names).toEqual(events.slice(behind, behind + names.length).map(({ name }) => name))
        const lastsMs = ({ step }: (typeof own)[number]) => {
          const steps = eventsOf(events, step).flatMap(stepsOfEvent)
          return steps.reduce((sum, _, index) => sum + 50 + thinkAfterMs(seed, steps, index), 0)
        }
        for (const [index, row] of own.slice(1).entries()) {
          const before = own[index] ?? row
          expect(row.dueMs).toBeGreaterThanOrEqual(before.dueMs + lastsMs(before) + 2000)
        }
      }
    },
  )

  test('a squeezed slice has as many open episodes as its rate keeps open', () => {
    const slice = { ...base, fromMs: 8 * hourMs, toMs: 20 * hourMs }
    const asInLife = draw(1, slice).open
    const squeezed = draw(1, { ...slice, squeezeMs: 12 * minuteMs }).open
    expect(squeezed / asInLife).toBeGreaterThan(0.5 / 60)
    expect(squeezed / asInLife).toBeLessThan(2 / 60)
  })
})
