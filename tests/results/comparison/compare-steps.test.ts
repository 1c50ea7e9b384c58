import { describe, expect, it } from 'vitest'
import { compareSteps } from '../../../results/comparison/compare-steps.ts'
import type { StepBlocks } from '../../../results/comparison/step-blocks.ts'
import { type Load, stepBlocks } from './blocks.ts'

const options = {
  isPaired: false,
  floorRatio: 0.03,
  floorMs: 0.5,
  floorFailuresRatio: 0.005,
  alphaRatio: 0.01,
  resamples: 500,
}

const others = ['identify', 'lookup', 'hold', 'book'].map((step) => ({ step }))

/** A run of five steps; the load changes its search. */
const run = (seed: number, search: Partial<Load> = {}): readonly StepBlocks[] => [
  ...others.map(({ step }, index) => stepBlocks({ seed: seed * 100 + index, step })),
  stepBlocks({ seed: seed * 100 + 50, ...search }),
]

const verdictsOf = ({ steps }: ReturnType<typeof compareSteps>) =>
  steps.filter(({ verdict }) => verdict !== 'pass').map(({ step, measure, verdict }) => [step, measure, verdict])

describe('a comparison of steps', () => {
  it('finds the one that became slower, and calls no other so', () => {
    const found = verdictsOf(compareSteps([run(1)], run(2, { latencyMs: 52 }), options))
    expect(found).toEqual([
      ['search', 'typical', 'regressed'],
      ['search', 'slow-end', 'regressed'],
    ])
  })

  it('finds the one that became faster', () => {
    const found = verdictsOf(compareSteps([run(1)], run(2, { latencyMs: 30 }), options))
    expect(found).toContainEqual(['search', 'typical', 'improved'])
  })

  it('finds failures where there were none, and is silent of failures where there are none', () => {
    const failing = compareSteps([run(1)], run(2, { failedPerBlock: 3 }), options)
    expect(verdictsOf(failing)).toEqual([['search', 'failures', 'regressed']])
    expect(failing.steps.filter(({ measure }) => measure === 'failures')).toHaveLength(1)
  })

  it('calls nothing changed when nothing is, in 100 comparisons of five steps', () => {
    const alarms = Array.from({ length: 100 }, (_, seed) =>
      verdictsOf(compareSteps([run(2 * seed)], run(2 * seed + 1), { ...options, resamples: 200 })),
    ).filter((found) => found.length > 0)
    expect(alarms.length).toBeLessThanOrEqual(4)
  })

  it('passes over changes below the floors, however sure', () => {
    const sure = { perBlock: 2000, blockSpread: 0.001 }
    const below = compareSteps([run(1, sure)], run(2, { ...sure, latencyMs: 41 }), options)
    expect(verdictsOf(below)).toEqual([])
    expect(below.steps.find(({ step }) => step === 'search')?.pValue).toBeLessThan(0.01)
    expect(
      verdictsOf(compareSteps([run(1, sure)], run(2, { ...sure, latencyMs: 44 }), { ...options, floorMs: 20 })),
    ).toEqual([])
  })

  it('cannot tell of a step with few requests, or of one that only one side has', () => {
    const few = compareSteps([run(1, { perBlock: 1 })], run(2, { perBlock: 1 }), options)
    expect(verdictsOf(few).filter(([step]) => step === 'search')).toEqual([
      ['search', 'typical', 'inconclusive'],
      ['search', 'slow-end', 'inconclusive'],
    ])
    const gone = compareSteps([run(1)], run(2).slice(0, 4), options)
    expect(verdictsOf(gone).map(([step]) => step)).toEqual(['search', 'search'])
  })

  it('takes what differs from run to run into account from five earlier runs on', () => {
    const factors = [0.85, 1.1, 0.95, 1.15, 1]
    const earlier = factors.map((runFactor, index) => run(index + 1, { runFactor }))
    const later = run(9, { runFactor: 1.16 })
    const few = compareSteps(earlier.slice(4), later, options)
    const enough = compareSteps(earlier, later, options)
    expect(few.isAcrossRuns).toBe(false)
    expect(verdictsOf(few)).toContainEqual(['search', 'typical', 'regressed'])
    expect(enough.isAcrossRuns).toBe(true)
    expect(verdictsOf(enough)).toEqual([])
    expect(verdictsOf(compareSteps(earlier, run(9, { latencyMs: 90 }), options))).toContainEqual([
      'search',
      'typical',
      'regressed',
    ])
  })

  it('says how small a change it could have told from chance, smaller the more requests there are', () => {
    const seeable = (perBlock: number) =>
      compareSteps([run(1, { perBlock })], run(2, { perBlock }), options).steps.find(
        ({ step, measure }) => step === 'search' && measure === 'typical',
      )?.seeableRatio ?? 0
    expect(seeable(1000)).toBeLessThan(0.15)
    expect(seeable(4)).toBeGreaterThan(seeable(1000))
  })
})
