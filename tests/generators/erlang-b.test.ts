import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { erlangB } from '../../generators/erlang-b.ts'

/** aⁿ / n! / Σ aᵏ / k! of whole numbers, all multiplied by n!, to 18 decimals. */
const exactly = (load: number, operators: number): number => {
  const [a, n] = [BigInt(load), BigInt(operators)]
  let term = 1n
  let sum = 1n
  for (let k = n; k >= 1n; k--) {
    // Horner, from aⁿ, whose factor is 1, to the last term, n!.
    term *= k
    sum = sum * a + term
  }
  return Number((a ** n * 10n ** 18n) / sum) / 1e18
}

describe('erlangB', () => {
  it('is 0.2145823 for 10 erlang and 10 operators', () => {
    expect(erlangB(10, 10)).toBeCloseTo(0.214582343, 9)
  })

  it.each([
    [4.461, 10],
    [12.03, 20],
    [37.9, 50],
    [84.06, 100],
  ])('turns one call in a hundred away at %d erlang and %i lines (published tables)', (load, lines) => {
    expect(erlangB(load, lines)).toBeCloseTo(0.01, 4)
  })

  it('turns nobody away where nobody calls, and everybody where nobody answers', () => {
    expect([erlangB(0, 5), erlangB(7, 0)]).toEqual([0, 1])
  })
})

test('it is what whole numbers of any length give, where aⁿ / n! overflows too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (load, operators) => {
      expect(erlangB(load, operators)).toBeCloseTo(exactly(load, operators), 12)
    }),
    { numRuns: 40 },
  )
})
