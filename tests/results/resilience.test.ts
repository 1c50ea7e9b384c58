import { describe, expect, it } from 'vitest'
import type { Phase } from '../../model/phase.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { Histogram } from '../../results/histogram.ts'
import type { QualityBin } from '../../results/quality.ts'
import { streamResiliences } from '../../results/resilience.ts'

const phases: readonly Phase[] = [
  { name: 'warm-up', fromMs: 0, toMs: 5000 },
  { name: 'steady', fromMs: 5000, toMs: 25_000 },
  { name: 'fault', fromMs: 25_000, toMs: 45_000 },
  { name: 'recovery', fromMs: 45_000, toMs: 55_000 },
  { name: 'after', fromMs: 55_000, toMs: 65_000 },
  { name: 'drain', fromMs: 65_000, toMs: 70_000 },
]
const faults = [{ injectedMs: 25_000, restoredMs: 45_000 }] as RunRecord['faults']

const histogram = (count: number, ms: number): Histogram => {
  const made = new Histogram()
  for (let index = 0; index < count; index++) made.record(ms)
  return made
}

/** Twenty steps a second of which a share is good, by the time. */
const seconds = (goodAt: (atMs: number) => number, stream = 'web'): readonly QualityBin[] =>
  Array.from({ length: 65 }, (_, second) => second * 1000).map((atMs) => {
    const good = Math.round(20 * goodAt(atMs))
    const phase = phases.find(({ toMs }) => atMs < toMs)?.name ?? 'drain'
    return { stream, phase, atMs, answered: histogram(good, 50), failed: histogram(20 - good, 5000) }
  })

const seen = (bins: readonly QualityBin[], changed = faults) =>
  streamResiliences(bins, { phases, faults: changed, goodWithinMs: 1000 })

describe('what users went through', () => {
  it('says how deep, how soon, how long and how much', () => {
    const dip = (atMs: number) => (atMs >= 27_000 && atMs < 48_000 ? 0.5 : 1)
    expect(seen(seconds(dip))[0]).toMatchObject({
      stream: '*',
      widthMs: 1000,
      usualRatio: 1,
      worstRatio: 0.5,
      depthRatio: 0.5,
      toImpactMs: 2000,
      toRecoverMs: 3000,
    })
  })

  it('measures the triangle from the injection until users are well again', () => {
    // Half of the users for 21 of the 23 seconds.
    const dip = (atMs: number) => (atMs >= 27_000 && atMs < 48_000 ? 0.5 : 1)
    expect(seen(seconds(dip))[0]?.lossRatio).toBeCloseTo((21 * 0.5) / 23, 5)
  })

  it('raises an alarm when the long and the short window are bad, and none for a moment', () => {
    const long = (atMs: number) => (atMs >= 25_000 && atMs < 45_000 ? 0.4 : 1)
    const moment = (atMs: number) => (atMs === 30_000 ? 0.5 : 1)
    expect(seen(seconds(long))[0]?.toDetectMs).toBe(2000)
    expect(seen(seconds(moment))[0]?.toDetectMs).toBeNull()
  })

  it('says that users were not hit, and well all the time', () => {
    expect(seen(seconds(() => 1))[0]).toMatchObject({
      depthRatio: 0,
      toImpactMs: null,
      toRecoverMs: 0,
      lossRatio: 0,
      budgetRatio: 0,
    })
  })

  it('does not invent a recovery that nobody saw', () => {
    expect(seen(seconds((atMs) => (atMs >= 25_000 ? 0.2 : 1)))[0]?.toRecoverMs).toBeNull()
  })

  it('takes what is usual with its spread: a stream that is always noisy is not hit by its noise', () => {
    const noisy = (atMs: number) => ((atMs / 1000) % 2 === 0 ? 1 : 0.7)
    expect(seen(seconds(noisy))[0]).toMatchObject({ usualRatio: 0.85, toImpactMs: null })
  })

  it('counts the budget of bad steps against 99 %', () => {
    const dip = (atMs: number) => (atMs >= 25_000 && atMs < 30_000 ? 0 : 1)
    // 100 bad steps of 1,200 sent between warm-up and drain, of which 12 may be bad.
    expect(seen(seconds(dip))[0]?.budgetRatio).toBeCloseTo(100 / 12, 5)
  })

  it('tells each stream apart', () => {
    const bins = [...seconds(() => 1, 'web'), ...seconds((atMs) => (atMs >= 25_000 && atMs < 45_000 ? 0 : 1), 'desk')]
    expect(seen(bins).map(({ stream, worstRatio }) => [stream, worstRatio])).toEqual([
      ['*', 0.5],
      ['web', 1],
      ['desk', 0],
    ])
  })

  it('says nothing where no fault was made', () => {
    expect(
      seen(
        seconds(() => 1),
        [{ ...faults[0], injectedMs: null }] as RunRecord['faults'],
      ),
    ).toEqual([])
  })
})
