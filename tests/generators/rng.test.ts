import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { philox, rngOf } from '../../generators/rng.ts'

const take = (count: number, draw: () => number): readonly number[] => Array.from({ length: count }, draw)

describe('philox', () => {
  // kat_vectors of Random123 1.14.0, philox4x32 with 10 rounds.
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('gives the published answer for counter %j and key %j', (counter, key, expected) => {
    expect(
      philox(counter, key)
        .map((word) => word.toString(16).padStart(8, '0'))
        .join(' '),
    ).toBe(expected)
  })
})

describe('rngOf', () => {
  test('gives the same numbers for the same seed', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (seed) => {
        const [one, two] = [rngOf(seed), rngOf(seed)]
        expect(take(9, () => one.uint32())).toEqual(take(9, () => two.uint32()))
      }),
    )
  })

  test('a split is not changed by draws or splits elsewhere', () => {
    const quiet = rngOf(7).split('web')
    const busy = rngOf(7)
    take(100, () => busy.float())
    busy.split('phone').float()
    const web = busy.split('web')
    expect(take(20, () => web.uint32())).toEqual(take(20, () => quiet.uint32()))
  })

  test('seeds, labels and indexes give streams that differ', () => {
    const first = (seed: number, label: string, index: number) => rngOf(seed).split(label).at(index).float()
    const values = [0, 1, 2 ** 32].flatMap((seed) =>
      ['a', 'b', 'ab'].flatMap((label) => [0, 1, 2 ** 33].map((index) => first(seed, label, index))),
    )
    expect(new Set(values).size).toBe(values.length)
  })

  test('element n can be drawn without the ones before it', () => {
    const sequence = rngOf(3).split('people')
    const inOrder = [0, 1, 2, 3].map((index) => sequence.at(index).float())
    expect(rngOf(3).split('people').at(3).float()).toBe(inOrder[3])
  })

  test('floats are uniform in [0, 1): chi-square of 100 bins over 200,000 draws is below its 99.9 % point', () => {
    const rng = rngOf(11)
    const bins = Array<number>(100).fill(0)
    for (let draw = 0; draw < 200_000; draw++) {
      const bin = Math.floor(rng.float() * 100)
      bins[bin] = (bins[bin] ?? 0) + 1
    }
    const chiSquare = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)
    expect(chiSquare).toBeLessThan(148.2)
  })
})
