import { expect, it } from 'vitest'
import type { Phase } from '../../model/phase.ts'
import { Histogram } from '../../results/histogram.ts'
import type { QualityBin } from '../../results/quality.ts'
import { reliefResult } from '../../results/relief.ts'

const reliefs = [0.75, 0.5, 0.25].map(
  (loadRatio, index): Phase => ({ name: 'relief', fromMs: index * 10_000, toMs: (index + 1) * 10_000, loadRatio }),
)

/** Ten steps a second, answered within 100 ms or within 9 s. */
const bins = (isWell: (second: number) => boolean): readonly QualityBin[] =>
  Array.from({ length: 30 }, (_, second) => {
    const answered = new Histogram()
    for (let step = 0; step < 10; step++) answered.record(isWell(second) ? 100 : 9000)
    return { stream: 'web', phase: 'relief', atMs: second * 1000, answered, failed: new Histogram() }
  })

const result = (
  isWell: (second: number) => boolean,
  { healedMs = undefined as number | undefined, phases = reliefs } = {},
) => reliefResult(bins(isWell), { ended: 'completed', phases }, { goodWithinMs: 1000, healedMs })

it('tells under which load users got well again, and how they were at the end of each stretch', () => {
  const gone = reliefs.slice(0, 2)
  expect(result((second) => second >= 15, { healedMs: 20_000, phases: gone })).toEqual({
    steps: [
      { loadRatio: 0.75, goodRatio: 0 },
      { loadRatio: 0.5, goodRatio: 1 },
    ],
    healedAtLoadRatio: 0.5,
  })
})

it('tells that they never did', () => {
  expect(result(() => false)?.healedAtLoadRatio).toBeNull()
})

it('tells nothing where no load was taken off, or too few steps were seen, or the run was broken off before', () => {
  expect(result(() => true, { phases: [] })).toBeNull()
  expect(reliefResult([], { ended: 'completed', phases: reliefs }, { goodWithinMs: 1000 })).toBeNull()
  expect(
    reliefResult(
      bins(() => false),
      { ended: 'interrupted', phases: reliefs },
      { goodWithinMs: 1000 },
    ),
  ).toBeNull()
})
