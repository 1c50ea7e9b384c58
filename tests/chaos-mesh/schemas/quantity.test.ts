import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCron } from '../../../chaos-mesh/schemas/cron.ts'
import { externalTarget } from '../../../chaos-mesh/schemas/external-target.ts'
import { labelKey, labelValue, namespace } from '../../../chaos-mesh/schemas/name.ts'
import { formatDuration, parseDuration, rate, share, size } from '../../../chaos-mesh/schemas/quantity.ts'

describe('a duration', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms)
      }),
    )
  })

  it.each([
    ['1h30m', 5_400_000],
    ['-1.5h', -5_400_000],
    ['300ms', 300],
    ['1m0.5s', 60_500],
    ['+.5s', 500],
    ['0', 0],
    ['2us', 0.002],
    ['2562047h', 2_562_047 * 3_600_000],
  ])('%s is read as Go reads it', (text, ms) => {
    expect(parseDuration(text)).toBeCloseTo(ms, 9)
  })

  it.each(['3000000h', '-3000000h', '2562048h', '', '10', '1d', 's', '1 s', '1s ', '1,5s', '--1s', '1e3s', '.s'])(
    'is none: "%s"',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )
})

describe('a rate, a share, a size', () => {
  it.each(['1bit', '10kbit', '1mbps', '100gbps'])('%s is a rate', (text) =>
    expect(rate.safeParse(text).success).toBe(true),
  )
  it.each(['0mbit', '1', '1.5mbit', 'mbit', '1Mbit', '-1mbit'])('%s is none', (text) =>
    expect(rate.safeParse(text).success).toBe(false),
  )
  it.each(['0.1', '100', '5'])('%s is a share', (text) => expect(share.safeParse(text).success).toBe(true))
  it.each(['0', '100.1', '', '5%', '1e1', 'NaN'])('"%s" is none', (text) =>
    expect(share.safeParse(text).success).toBe(false),
  )
  it.each(['256MB', '1GiB', '80%', '100%', '1024', '1.5g'])('%s is a size', (text) =>
    expect(size.safeParse(text).success).toBe(true),
  )
  it.each(['0', '0%', '101%', '0MB', 'MB', '-1MB', '10 XB'])('%s is none', (text) =>
    expect(size.safeParse(text).success).toBe(false),
  )
})

describe('a cron expression', () => {
  it.each([
    '* * * * *',
    '*/5 8-18 * * mon-fri',
    '0 0 1 jan ?',
    '30 0 12 * * *',
    '@daily',
    '@every 1m30s',
    'TZ=Europe/Rome 0 8 * * *',
    'CRON_TZ=UTC 0 8 * * *',
    '0,15,30,45 * * * *',
  ])('is one: %s', (text) => expect(isCron(text)).toBe(true))
  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    '@often',
    '@every 1',
    '@every 100ms',
    '@every 3000000h',
    'TZ=europe/rome 0 8 * * *',
    'TZ=Europe/Roma 0 8 * * *',
    'CRON_TZ=+02:00 0 8 * * *',
  ])('is none: "%s"', (text) => expect(isCron(text)).toBe(false))
})

describe('a target outside the cluster', () => {
  it.each([
    '192.0.2.1',
    '192.0.2.0/24',
    '192.0.2.1:443',
    '192.0.2.0/24:443',
    'example.org',
    'example.org:5432',
    '2001:db8::1',
    '2001:db8::/32',
    '[2001:db8::1]:443',
  ])('is one: %s', (text) => expect(externalTarget.safeParse(text).success).toBe(true))
  it.each([
    '',
    'not a host!',
    'https://example.org',
    '192.0.2.256',
    '192.0.2.0/33',
    'example.org:0',
    'example.org:99999',
    '-a.org',
    '1.2.3',
    'a..b',
  ])('is none: "%s"', (text) => expect(externalTarget.safeParse(text).success).toBe(false))
})

describe('a name', () => {
  it.each(['app', 'app.kubernetes.io/name', 'a', 'A_b.c'])('%s is a label key', (text) =>
    expect(labelKey.safeParse(text).success).toBe(true),
  )
  it.each(['', 'a/b/c', '/a', 'a/', '-a', 'a b', 'x'.repeat(64)])('"%s" is none', (text) =>
    expect(labelKey.safeParse(text).success).toBe(false),
  )
  it.each(['', 'web', 'v1.2_3'])('"%s" is a label value', (text) =>
    expect(labelValue.safeParse(text).success).toBe(true),
  )
  it.each(['a b', '-', 'è'])('"%s" is no label value', (text) => expect(labelValue.safeParse(text).success).toBe(false))
  it.each(['Shop', 'shop.a', 'shop_', ''])('"%s" is no namespace', (text) =>
    expect(namespace.safeParse(text).success).toBe(false),
  )
})
