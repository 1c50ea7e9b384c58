import { describe, expect, it } from 'vitest'
import { busiestHour } from '../../planner/busiest-hour.ts'
import { drawPlan } from '../../planner/plan.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const hourMs = 3_600_000
const day = { day: 'weekday', fromMs: 0, toMs: 24 * hourMs, fullVolume: false, scale: {} }

const expectedIn = (scenario: typeof recupDay, fromMs: number): number =>
  drawPlan({
    scenario,
    slice: { ...day, fromMs, toMs: fromMs + hourMs },
    seed: 1,
    fiscalCodes: 'marked',
  }).plan.streams.reduce((sum, { expected }) => sum + expected, 0)

describe('busiestHour', () => {
  const web = { ...recupDay, streams: recupDay.streams.filter(({ name }) => name === 'web' || name === 'partners') }

  it('is the hour in which a plan expects most arrivals', () => {
    const { fromMs, toMs } = busiestHour(web, day)
    expect(toMs - fromMs).toBe(hourMs)
    const counts = [fromMs - hourMs, fromMs, fromMs + hourMs].map((at) => expectedIn(web, at))
    expect(Math.max(...counts)).toBe(counts[1])
  })

  it('lies inside the slice', () => {
    expect(busiestHour(web, { ...day, fromMs: 14.5 * hourMs, toMs: 17 * hourMs })).toEqual({
      fromMs: 15 * hourMs,
      toMs: 16 * hourMs,
    })
  })

  it('follows the scale of the streams', () => {
    const jobs = { ...recupDay, streams: recupDay.streams.filter(({ name }) => name !== 'phone') }
    const nightly = busiestHour(jobs, { ...day, scale: { 'partner-night': 10_000 } })
    expect(nightly.fromMs).toBeLessThan(6 * hourMs)
  })
})
