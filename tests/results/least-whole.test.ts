import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { leastWhole } from '../../results/least-whole.ts'

test('it finds the least of all numbers that are enough', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (least) => {
      expect(leastWhole((value) => value >= least)).toBe(least)
    }),
  )
})

it('says so where nothing is enough', () => {
  expect(() => leastWhole(() => false)).toThrow(RangeError)
})
