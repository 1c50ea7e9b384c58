import { describe, expect, it } from 'vitest'
import { formatBytes, formatMs, formatObserved, formatRatio } from '../../results/format.ts'

describe('figures in reports', () => {
  it.each([
    [0, '0 ms'],
    [0.4217, '0.422 ms'],
    [812.4, '812 ms'],
    [1234, '1.23 s'],
    [119_000, '119 s'],
    [252_000, '4.2 min'],
  ])('shows %d ms as %s', (ms, text) => expect(formatMs(ms)).toBe(text))

  it('shows bytes and shares in the unit that fits', () => {
    expect([formatBytes(0), formatBytes(999), formatBytes(1_250_000)]).toEqual(['0 B', '999 B', '1.3 MB'])
    expect([formatRatio(0.00123), formatRatio(1)]).toEqual(['0.123 %', '100 %'])
  })

  it('shows as many digits as tell a figure from its limit', () => {
    expect(formatObserved({ observed: 0.01003, limit: 0.01, unit: 'ratio' })).toBe('1.003 %')
    expect(formatObserved({ observed: 800, limit: 800, unit: 'ms' })).toBe('800 ms')
    expect(formatObserved({ observed: null, limit: 800, unit: 'ms' })).toBe('nothing')
  })
})
