import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Gate } from '../../model/gate.ts'
import { burnRates } from '../../results/burn-rate.ts'
import { Histogram } from '../../results/histogram.ts'
import { judgeGates } from '../../results/judge.ts'
import type { QualityBin } from '../../results/quality.ts'
import { integrity } from './fixture.ts'

const histogram = (count: number, ms: number): Histogram => {
  const made = new Histogram()
  for (let index = 0; index < count; index++) made.record(ms)
  return made
}

/** Seconds of the steady phase, each with so many good steps and so many that failed. */
const seconds = (counts: readonly (readonly [good: number, failed: number])[]): readonly QualityBin[] =>
  counts.map(([good, failed], index) => ({
    stream: 'web',
    phase: 'steady',
    atMs: index * 1000,
    answered: histogram(good, 50),
    failed: histogram(failed, 10_000),
  }))

const steady = [{ name: 'steady', fromMs: 0, toMs: 60_000 }] as const
const nothing = { steps: [], journeys: [], rows: [] }

const judge = (gate: Gate, of: { quality?: readonly QualityBin[]; metrics?: Record<string, number[]> } = {}) =>
  judgeGates([gate], {
    measured: nothing,
    integrity: integrity(),
    quality: of.quality ?? [],
    edges: [],
    phases: steady,
    metrics: of.metrics ?? {},
    isWhole: true,
  })[0]

const common = { name: 'g', why: 'assumption', phase: 'steady' } as const
const repeat = (times: number, good: number, failed: number) =>
  Array.from({ length: times }, () => [good, failed] as const)

describe('a gate on throughput', () => {
  const gate: Gate = { ...common, kind: 'throughput', streams: ['web'], outcome: 'done', minPerHour: 6000 }
  const judged = (done: number, of: Partial<{ phase: string; stream: string }> = {}, isWhole = true) =>
    judgeGates([gate], {
      measured: {
        ...nothing,
        journeys: [{ stream: 'web', journey: 'book', phase: 'steady', outcomes: { done, failed: 5 }, ...of }],
      },
      integrity: integrity(),
      quality: [],
      edges: [],
      phases: steady,
      metrics: {},
      isWhole,
    })[0]

  it('counts what was done an hour, of the rows that were due in its phase', () => {
    expect(judged(100)).toMatchObject({ observed: 6000, unit: 'per-hour', samples: 105, verdict: 'pass' })
    expect(judged(99)).toMatchObject({ observed: 5940, verdict: 'fail' })
  })

  it('is inconclusive where nothing of its streams ended, and where the load did not come to its end', () => {
    expect(judged(100, {}, false)).toMatchObject({ observed: null, verdict: 'inconclusive' })
    expect(judged(100, { phase: 'drain' })).toMatchObject({ observed: null, verdict: 'inconclusive' })
    expect(judged(100, { stream: 'phone' })).toMatchObject({ observed: null, verdict: 'inconclusive' })
  })
})

describe('a gate on sustained quality', () => {
  const gate: Gate = {
    ...common,
    kind: 'sustained',
    goodWithinMs: 1000,
    forMs: 5000,
    minRatio: 0.9,
    minSamples: 20,
  }

  it('sees a bad stretch that the whole run hides', () => {
    const quality = seconds([...repeat(50, 20, 0), ...repeat(4, 10, 10), ...repeat(6, 20, 0)])
    // Four bad seconds and a good one: 60 of 100.
    expect(judge(gate, { quality })).toMatchObject({ observed: 0.6, samples: 1200, verdict: 'fail' })
  })

  it('passes where every stretch is good, and says nothing of stretches with too few steps', () => {
    expect(judge(gate, { quality: seconds(repeat(20, 19, 1)) })).toMatchObject({ observed: 0.95, verdict: 'pass' })
    expect(judge(gate, { quality: seconds(repeat(20, 1, 1)) })).toMatchObject({ verdict: 'inconclusive' })
    expect(judge(gate, { quality: seconds(repeat(3, 100, 0)) })).toMatchObject({ verdict: 'inconclusive' })
  })

  it('is never above the quality of the whole phase', () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: 4, max: 30 }), fc.integer({ min: 0, max: 30 })), {
      minLength: 10,
      maxLength: 40,
    })
    fc.assert(
      fc.property(counts, (drawn) => {
        const worst = judge(gate, { quality: seconds(drawn) })?.observed ?? 1
        const whole = drawn.slice(0, 5 * Math.floor(drawn.length / 5))
        const good = whole.reduce((sum, [count]) => sum + count, 0)
        const sent = whole.reduce((sum, [a, b]) => sum + a + b, 0)
        expect(worst).toBeLessThanOrEqual(good / sent + 1e-9)
      }),
    )
  })
})

describe('a gate on the burn rate', () => {
  const gate: Gate = {
    ...common,
    kind: 'burn-rate',
    goodWithinMs: 1000,
    objectiveRatio: 0.9,
    longMs: 10_000,
    shortMs: 2000,
    limitTimes: 4,
    minSamples: 50,
  }

  it('fails when bad steps use up what is allowed too fast, over long and over short at once', () => {
    const quality = seconds([...repeat(20, 10, 0), ...repeat(10, 5, 5)])
    // Half are bad where a tenth may be: five times.
    expect(judge(gate, { quality })).toMatchObject({ unit: 'times', verdict: 'fail' })
    expect(judge(gate, { quality })?.observed).toBeCloseTo(5, 9)
  })

  it('passes over a burst that is over before it is proven, and over one that is long past', () => {
    const burst = seconds([...repeat(20, 10, 0), ...repeat(2, 0, 10), ...repeat(10, 10, 0)])
    expect(judge(gate, { quality: burst })).toMatchObject({ verdict: 'pass' })
    expect(judge(gate, { quality: burst })?.observed).toBeCloseTo(2, 9)
  })

  it('says nothing before a long stretch has passed, or with too few steps', () => {
    expect(judge(gate, { quality: seconds(repeat(9, 0, 10)) })).toMatchObject({ verdict: 'inconclusive' })
    expect(judge(gate, { quality: seconds(repeat(20, 2, 2)) })).toMatchObject({ verdict: 'inconclusive' })
  })

  it('that only ends a run early leaves a short phase alone, but not one without any step', () => {
    const ending: Gate = { ...gate, endsRun: true }
    expect(judge(ending, { quality: seconds(repeat(9, 0, 10)) })).toMatchObject({ observed: null, verdict: 'pass' })
    expect(judge(ending, { quality: [] })).toMatchObject({ verdict: 'inconclusive' })
    expect(judge(ending, { quality: seconds(repeat(20, 0, 10)) })).toMatchObject({ verdict: 'fail' })
  })

  it('is 1 where exactly what is allowed is bad', () => {
    const points = Array.from({ length: 10 }, (_, index) => ({ atMs: index * 1000, sent: 10, good: 9 }))
    expect(burnRates(points, gate).at(-1)).toBeCloseTo(1, 9)
  })
})

describe('a gate on a metric of the target', () => {
  const gate: Gate = { ...common, kind: 'metric', query: 'x', bound: 'at-most', limit: 0.8 }

  it('judges the worst of the values that came', () => {
    expect(judge(gate, { metrics: { g: [0.5, 0.7] } })).toMatchObject({ observed: 0.7, samples: 2, verdict: 'pass' })
    expect(judge(gate, { metrics: { g: [0.5, 0.9] } })).toMatchObject({ observed: 0.9, verdict: 'fail' })
    const least: Gate = { ...gate, bound: 'at-least' }
    expect(judge(least, { metrics: { g: [0.5, 0.9] } })).toMatchObject({ observed: 0.5, verdict: 'fail' })
  })

  it('is inconclusive where nothing came', () => {
    expect(judge(gate, { metrics: { g: [] } })).toMatchObject({ observed: null, verdict: 'inconclusive' })
    expect(judge(gate)).toMatchObject({ observed: null, verdict: 'inconclusive' })
  })
})
