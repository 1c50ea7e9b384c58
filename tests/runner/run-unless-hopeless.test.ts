import { describe, expect, it } from 'vitest'
import { HopelessWatch } from '../../runner/run-unless-hopeless.ts'

const gate = {
  name: 'hopeless',
  why: 'assumption',
  phase: 'steady',
  kind: 'burn-rate',
  goodWithinMs: 1000,
  objectiveRatio: 0.9,
  longMs: 5000,
  shortMs: 2000,
  limitTimes: 5,
  minSamples: 20,
  endsRun: true,
} as const

const phases = [
  { name: 'warm-up', fromMs: 0, toMs: 3000 },
  { name: 'steady', fromMs: 3000, toMs: 30_000 },
] as const

/** What the watch says in each second of a load with so many good and bad steps. */
const watched = (counts: readonly (readonly [good: number, bad: number])[], streams?: readonly string[]) => {
  const watch = new HopelessWatch({ ...gate, ...(streams && { streams }) }, { phases: [...phases] })
  const sum = { sent: 0, good: 0, failed: 0 }
  return counts.map(([good, bad], index) => {
    sum.sent += good + bad
    sum.good += good
    return watch.see({ elapsedMs: index * 1000, stepsByStream: { web: { ...sum } } })
  })
}

const times = (count: number, good: number, bad: number) => Array.from({ length: count }, () => [good, bad] as const)

describe('a load that may be ended early', () => {
  it('is ended when nearly all steps are bad for long enough, and not before its phase', () => {
    const said = watched(times(12, 1, 9))
    expect(said.findIndex((reason) => reason !== undefined)).toBe(7)
    expect(said[7]).toBe('hopeless: 9.0 times the bad steps that are allowed over 5 s and over 2 s, limit 5')
  })

  it('goes on where users are well, well again, or not its own', () => {
    expect(watched(times(12, 9, 1))).not.toContainEqual(expect.any(String))
    expect(watched([...times(6, 1, 9), ...times(12, 10, 0)])).not.toContainEqual(expect.any(String))
    expect(watched(times(12, 0, 10), ['phone'])).not.toContainEqual(expect.any(String))
  })
})
