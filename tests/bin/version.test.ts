import { describe, expect, it } from 'vitest'
import { isAtLeast, parseVersion } from '../../bin/version.mjs'

describe('parseVersion', () => {
  it.each([
    ['v2.2.0 (go1.26.8, linux/amd64)', [2, 2, 0]],
    ['go1.25', [1, 25]],
    ['20.20.2', [20, 20, 2]],
    ['no number 7 with a dot', undefined],
  ])('reads the first dotted number of %j', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected)
  })
})

describe('isAtLeast', () => {
  it.each([
    [[2, 2, 0], [2, 2], true],
    [[2, 10], [2, 2], true],
    [[3, 0], [2, 2], true],
    [[2], [2, 0], true],
    [[2, 1, 9], [2, 2], false],
    [[1, 99], [2, 2], false],
    [[], [2, 2], false],
  ])('compares %j with %j by number: %s', (version, floor, expected) => {
    expect(isAtLeast(version, floor)).toBe(expected)
  })
})
