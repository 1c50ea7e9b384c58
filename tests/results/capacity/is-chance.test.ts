import { describe, expect, it } from 'vitest'
import { rngOf } from '../../../generators/rng.ts'
import type { GateResult } from '../../../model/run-record.ts'
import { isChance } from '../../../results/capacity/is-chance.ts'

const broken = (changes: Partial<GateResult>): GateResult => ({
  name: 'calls-done',
  why: 'assumption',
  phase: 'steady',
  observed: 0.75,
  limit: 0.97,
  unit: 'ratio',
  samples: 4,
  verdict: 'fail',
  ...changes,
})

describe('isChance', () => {
  it.each([
    { observed: 0.75, limit: 0.97, samples: 4, chance: true },
    { observed: 0.75, limit: 0.97, samples: 40, chance: false },
    { observed: 1 / 400, limit: 0.001, samples: 400, chance: true },
    { observed: 3 / 400, limit: 0.001, samples: 400, chance: false },
    { observed: 0.06, limit: 0.05, samples: 100, chance: true },
    { observed: 0.12, limit: 0.05, samples: 100, chance: false },
    { observed: 0.9, limit: 0.97, samples: 100_000, chance: false },
    { observed: 1, limit: 0, samples: 1, chance: false },
    { observed: 0.99, limit: 1, samples: 100, chance: false },
  ])('of $samples samples a share of $observed at a limit of $limit is chance: $chance', ({ chance, ...gate }) => {
    expect(isChance(broken(gate))).toBe(chance)
  })

  it('does not excuse a time or a number', () => {
    expect(isChance(broken({ unit: 'ms', observed: 1100, limit: 1000, samples: 20 }))).toBe(false)
    expect(isChance(broken({ unit: 'count', observed: 1, limit: 0 }))).toBe(false)
    expect(isChance(broken({ observed: null }))).toBe(false)
  })

  it('is right as often as it says: one in twenty samples of a share just at its limit is called broken', () => {
    const rng = rngOf(1)
    const shares = Array.from({ length: 2000 }, () => countOf(500, () => rng.float() < 0.05) / 500)
    const called = shares.filter(
      (observed) => observed > 0.05 && !isChance(broken({ observed, limit: 0.05, samples: 500 })),
    )
    expect(called.length / shares.length).toBeGreaterThan(0.02)
    expect(called.length / shares.length).toBeLessThan(0.06)
  })
})

const countOf = (times: number, isOne: () => boolean): number =>
  Array.from({ length: times }, isOne).filter(Boolean).length
