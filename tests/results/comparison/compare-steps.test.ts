import { describe, expect, it } from 'vitest'
import { normal } from '../../../generators/distributions.ts'
import { rngOf } from '../../../generators/rng.ts'
import { comparedStepSchema } from '../../../model/comparison.ts'
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

  it('finds a step that no longer works at all, or that is not come to any more, however evenly', () => {
    const dead = compareSteps([run(1)], run(2, { perBlock: 0, failedEvenly: 20 }), options)
    expect(verdictsOf(dead)).toContainEqual(['search', 'failures', 'regressed'])
    expect(verdictsOf(dead)).toContainEqual(['search', 'typical', 'regressed'])
    const half = compareSteps([run(1)], run(2, { perBlock: 10, failedEvenly: 10 }), options)
    expect(verdictsOf(half)).toContainEqual(['search', 'failures', 'regressed'])
    const gone = compareSteps([run(1)], run(2).slice(0, 4), options)
    expect(verdictsOf(gone)).toContainEqual(['search', 'typical', 'regressed'])
  })

  it('is not blinded by one that no longer works: what else is slower is found too, in figures that JSON can hold', () => {
    const dead = { perBlock: 0, failedEvenly: 20 }
    const slower = [
      ...run(9, dead).slice(0, 3),
      stepBlocks({ seed: 77, step: 'book', latencyMs: 120 }),
      ...run(9, dead).slice(4),
    ]
    const earlier = [1, 2, 3, 4, 5].map((seed) => run(seed))
    const found = compareSteps(earlier, slower, options)
    expect(verdictsOf(found)).toContainEqual(['book', 'typical', 'regressed'])
    const json = JSON.stringify(found)
    expect(json).not.toContain('null')
    for (const step of found.steps) comparedStepSchema.parse(JSON.parse(JSON.stringify(step)))
  })

  it('does not take requests that failed for latencies', () => {
    const few = { perBlock: 1, failedEvenly: 20 }
    const found = verdictsOf(compareSteps([run(1, few)], run(2, { ...few, latencyMs: 90 }), options))
    expect(found.filter(([step]) => step === 'search')).toEqual([
      ['search', 'typical', 'inconclusive'],
      ['search', 'slow-end', 'inconclusive'],
    ])
  })

  it('calls nothing changed when nothing is, in 400 comparisons of five steps', () => {
    const alarms = Array.from({ length: 400 }, (_, seed) =>
      verdictsOf(compareSteps([run(2 * seed)], run(2 * seed + 1), { ...options, resamples: 100 })),
    ).filter((found) => found.some(([, , verdict]) => verdict !== 'inconclusive'))
    // α is 1 %: more than ten of 400 come about once in 300 times.
    expect(alarms.length).toBeLessThanOrEqual(10)
  })

  it('calls nothing changed either when runs differ, some steps much more than others', () => {
    const earlierOf = (seed: number, spread: number) => {
      const rng = rngOf(seed)
      return Array.from({ length: 6 }, (_, index) =>
        ['a', 'b', 'c', 'd', 'e'].map((step, at) =>
          stepBlocks({
            seed: seed * 1000 + index * 10 + at,
            step,
            runFactor: Math.exp((at < 3 ? 0.01 : spread) * normal(rng)),
          }),
        ),
      )
    }
    const alarms = Array.from({ length: 100 }, (_, seed) => {
      const [later = [], ...earlier] = earlierOf(seed + 1, 0.15)
      return verdictsOf(compareSteps(earlier, later, { ...options, resamples: 100 }))
    }).filter((found) => found.some(([, , verdict]) => verdict !== 'inconclusive'))
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
    const added = compareSteps([run(1).slice(0, 4)], run(2), options)
    expect(verdictsOf(added).map(([step, , verdict]) => [step, verdict])).toEqual([
      ['search', 'inconclusive'],
      ['search', 'inconclusive'],
    ])
  })

  it('cannot tell of a step so noisy that half as much again could hide in it', () => {
    const noisy = compareSteps([run(1, { blockSpread: 1.5 })], run(2, { blockSpread: 1.5 }), options)
    expect(verdictsOf(noisy)).toEqual([
      ['search', 'typical', 'inconclusive'],
      ['search', 'slow-end', 'inconclusive'],
    ])
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
    expect(verdictsOf(enough).filter(([, , verdict]) => verdict !== 'inconclusive')).toEqual([])
    expect(verdictsOf(compareSteps(earlier, run(9, { latencyMs: 200 }), options))).toContainEqual([
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
