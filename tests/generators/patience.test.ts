import { expect, test } from 'vitest'
import { patienceMs } from '../../generators/patience.ts'
import { callerPatience } from '../../region/call-centre.ts'

const seeds = 100_000
const drawn = Array.from({ length: seeds }, (_, seed) => patienceMs(seed, callerPatience.value))

test('callers wait as long as the region says: the mean, and 77 % of those who give up do so within five minutes', () => {
  const mean = drawn.reduce((sum, ms) => sum + ms, 0) / seeds
  // Standard error of the mean of an exponential: mean / √n.
  expect(Math.abs(mean / callerPatience.value - 1)).toBeLessThan(4 / Math.sqrt(seeds))
  const within = drawn.filter((ms) => ms <= 300_000).length / seeds
  expect(Math.abs(within - 0.77)).toBeLessThan(4 * Math.sqrt((0.77 * 0.23) / seeds))
})

test('a caller has the same patience whenever it is asked', () => {
  expect(drawn.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, seed) => patienceMs(seed, callerPatience.value)))
})
