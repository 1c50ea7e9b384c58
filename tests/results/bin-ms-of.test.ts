import { expect, test } from 'vitest'
import { binMsOf } from '../../results/bin-ms-of.ts'

test.each([
  [60_000, 1000],
  [7_200_000, 1000],
  [7_200_001, 10_000],
  [86_400_000, 10_000],
])('a load of %i ms has bins of %i ms', (durationMs, binMs) => {
  expect(binMsOf({ durationMs })).toBe(binMs)
})
