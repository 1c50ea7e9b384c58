import { describe, expect, it } from 'vitest'
import { isStale } from '../../bin/packages.mjs'

const zod = { version: '4.6.7', integrity: 'sha512-a' }
const other = { version: '1.0.0', integrity: 'sha512-b', optional: true }
const wanted = { packages: { '': {}, 'node_modules/zod': zod, 'node_modules/other-platform': other } }

describe('isStale', () => {
  it('accepts what the lock file asks for, without packages of other platforms', () => {
    expect(isStale(wanted, { packages: { 'node_modules/zod': zod } })).toBe(false)
  })

  it('rejects packages that were never installed to the end', () => {
    expect(isStale(wanted, undefined)).toBe(true)
  })

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/zod': { ...zod, version: '4.6.6' } }],
    ['other content', { 'node_modules/zod': { ...zod, integrity: 'sha512-c' } }],
    ['another version of an optional package', { 'node_modules/zod': zod, 'node_modules/other-platform': zod }],
  ])('rejects %s', (_, packages) => {
    expect(isStale(wanted, { packages })).toBe(true)
  })
})
