import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSlice } from '../../cli/parse-options.ts'
import { episodeOf } from '../../generators/emergency/episode.ts'
import type { Scenario } from '../../model/scenario.ts'
import { enteredAt } from '../../planner/paper.ts'
import { drawPlan } from '../../planner/plan.ts'
import { emergencyBacklog } from '../../scenarios/emergency-backlog.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'

const paper = { fromMs: 1000, toMs: 2000, enteredMs: 2500 }
const at = (dueMs: number) => ({ dueMs })

describe('what is written on paper', () => {
  test.each([
    ['is entered after the outage, twice as fast', [1000, 1500, 1998], [2000, 2250, 2499]],
    ['leaves alone what came before', [10, 999], [10, 999]],
    ['leaves alone what comes after, when the episode has no paper', [2000, 2100], [2000, 2100]],
    ['is in before what the same episode has after it', [1900, 2100, 2600], [2450, 2450, 2600]],
  ])('%s', (_, happened, entered) => {
    expect(enteredAt(happened.map(at), paper)).toEqual(entered.map(at))
  })

  test('never changes the order of an episode, nor enters anything during the outage or before it happened', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 1 }), (times) => {
        const happened = times.toSorted((a, b) => a - b)
        const entered = enteredAt(happened.map(at), paper).map(({ dueMs }) => dueMs)
        expect(entered).toEqual(entered.toSorted((a, b) => a - b))
        for (const [index, ms] of entered.entries()) {
          expect(ms >= paper.fromMs && ms < paper.toMs).toBe(false)
          expect(ms).toBeGreaterThanOrEqual(happened[index] ?? Number.NaN)
        }
      }),
    )
  })
})

describe('the backlog of the emergency departments', () => {
  const drawn = (scenario: Scenario) =>
    drawPlan({ scenario, slice: parseSlice(emergencyBacklog.slice, scenario), seed: 1, fiscalCodes: 'marked' })
  const [outage, ordinary] = [drawn(emergencyBacklog), drawn(emergencyMonth)]
  const eventsIn = ({ streams }: typeof outage, fromMs: number, toMs: number): number =>
    (streams[0]?.timetable.rows ?? [])
      .filter(({ dueMs }) => dueMs >= fromMs && dueMs < toMs)
      .reduce((sum, { step }) => sum + step.split('+').length, 0)
  const { fromMs, toMs, enteredMs } = outage.plan.paper ?? expect.fail('no paper')

  test('is entered in half the time that it took, beside the day’s work', () => {
    expect(eventsIn(outage, fromMs, toMs)).toBe(0)
    const onPaper = eventsIn(ordinary, fromMs, toMs)
    const besides = eventsIn(ordinary, toMs, enteredMs)
    expect(onPaper).toBeGreaterThan(100)
    // Those who have paper are joined to what happens to them meanwhile; a few of it come when all is in.
    expect(Math.abs(eventsIn(outage, toMs, enteredMs) - onPaper - besides)).toBeLessThan(0.1 * onPaper)
  })

  test('leaves out nothing, and changes nothing but the time', () => {
    expect(eventsIn(outage, 0, Number.POSITIVE_INFINITY)).toBe(eventsIn(ordinary, 0, Number.POSITIVE_INFINITY))
    expect(outage.streams.slice(1).map(({ timetable }) => timetable.rows)).toEqual(
      ordinary.streams.slice(1).map(({ timetable }) => timetable.rows),
    )
    for (const { seed, step } of outage.streams[0]?.timetable.rows ?? []) {
      const names = episodeOf(seed).events.map(({ name }) => name)
      expect(names.join('+')).toContain(step)
    }
  })

  test('needs three times the people, and no more', () => {
    expect(
      (outage.streams[0]?.timetable.peakPerSecond ?? 0) / (ordinary.streams[0]?.timetable.peakPerSecond ?? 1),
    ).toBe(3)
  })
})
