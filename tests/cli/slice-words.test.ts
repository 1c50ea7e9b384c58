import { Command } from 'commander'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withSliceOptions } from '../../cli/slice-options.ts'
import { sliceWords } from '../../cli/slice-words.ts'

const options = fc.record(
  {
    day: fc.constantFrom('monday', '2026-11-23'),
    from: fc.constant('09:00'),
    to: fc.constant('09:05'),
    days: fc.constantFrom('2', '30'),
    scale: fc.constantFrom('2', 'web=3,*=0.5'),
    squeeze: fc.constant('5m'),
    fullVolume: fc.constant(true),
    imageSize: fc.constantFrom('small', 'heavy'),
  },
  { requiredKeys: [] },
)

/** What a command reads out of words. */
const read = (words: readonly string[]) => {
  const { seed: _, ...slice } = withSliceOptions(new Command('plan'))
    .parse([...words], { from: 'user' })
    .opts()
  return slice
}

describe('sliceWords', () => {
  test('are read as the options that they are made of', () => {
    fc.assert(
      fc.property(options, (asked) => {
        expect(read(sliceWords(asked))).toEqual(asked)
      }),
    )
  })

  test('have no times of their own beside a replay', () => {
    const defaults = { day: 'monday', from: '09:00', to: '10:00', days: '1' }
    expect(read(sliceWords({ ...defaults, replay: 'my log.csv', imageSize: 'small' }))).toEqual({
      replay: 'my log.csv',
      imageSize: 'small',
    })
  })

  test('leave one day out where a day or a time says so, and only there', () => {
    expect(sliceWords({ day: 'monday', days: '1' })).toEqual(['--day', 'monday'])
    expect(sliceWords({ days: '1' })).toEqual(['--days', '1'])
  })
})
