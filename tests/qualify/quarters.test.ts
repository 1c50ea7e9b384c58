import { expect, test } from 'vitest'
import { Quarters } from '../../qualify/quarters.ts'

test('means are of what was seen in each quarter of the way, and growth is from the second to the last', () => {
  const quarters = new Quarters()
  for (const [ratio, value] of [
    [0, 8],
    [0.2, 12],
    [0.25, 20],
    [0.5, 30],
    [0.75, 20],
    [1, 24],
  ] as const)
    quarters.add(ratio, value)
  expect(quarters.means).toEqual([10, 20, 30, 22])
  expect(quarters.growth).toBeCloseTo(1.1, 12)
})

test('without a look there is no growth that could hold', () => {
  expect(new Quarters().growth <= 1.1).toBe(false)
})
