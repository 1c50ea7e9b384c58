import { describe, expect, test } from 'vitest'
import { parseDefects, parseImageSize, parseSeed, parseSlice, type SliceOptions } from '../../cli/parse-options.ts'
import { imagingDay } from '../../scenarios/imaging-day.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const options: SliceOptions = { day: 'monday', from: '09:00', to: '09:01' }
const slice = (change: Partial<SliceOptions>) => parseSlice({ ...options, ...change }, recupDay)

describe('parseSlice', () => {
  test('reads times, squeeze and scale', () => {
    expect(slice({ from: '08:30', to: '24:00', squeeze: '5m', fullVolume: true, scale: 'web=3,phone=1' })).toEqual({
      day: 'monday',
      fromMs: 30_600_000,
      toMs: 86_400_000,
      squeezeMs: 300_000,
      fullVolume: true,
      scale: { web: 3, phone: 1 },
    })
    expect(slice({ scale: '2.5' }).scale).toEqual({ '*': 2.5 })
  })

  test.each(['sunday', 'weekday', '2026-12-28'])('takes %s for a day', (day) => {
    expect(slice({ day }).day).toBe(day)
  })

  test.each([
    [{ day: 'lunedi' }, '--day: expected monday, tuesday'],
    [{ day: '2026-02-30' }, '--day: expected'],
    [{ day: '2026-13-45' }, '--day: expected'],
    [{ from: '9' }, '--from: expected HH:MM'],
    [{ to: '24:01' }, '--to: expected HH:MM'],
    [{ to: '09:00' }, '--to: expected a time after --from 09:00, got 09:00'],
    [{ squeeze: '5' }, '--squeeze: expected a duration'],
    [{ squeeze: '2m' }, '--squeeze: expected less than the slice'],
    [{ fullVolume: true }, '--full-volume: expected --squeeze with it'],
    [
      { scale: 'fax=2' },
      '--scale: expected a factor > 0, or stream=factor with a stream of phone, web, desk, pharmacy, practitioner, counter, blood-draws, partners, partner-sync, partner-night, jobs, got fax=2',
    ],
    [{ scale: '-1' }, '--scale: expected'],
    [{ scale: 'Infinity' }, '--scale: expected'],
    [{ scale: 'web=2=3,1,x' }, 'got web=2=3,x'],
  ] as const)('refuses %j', (change, message) => {
    expect(() => slice(change)).toThrow(message)
  })

  test('names every problem at once', () => {
    expect(() => slice({ day: 'x', from: 'y', scale: 'z' })).toThrow(/--day.*--from.*--scale/s)
  })
})

describe('parseDefects', () => {
  test('reads a share in per cent or as a ratio', () => {
    expect(parseDefects(['double-booking=0.2%', 'lost-ack=0.01'])).toEqual([
      { kind: 'double-booking', shareRatio: 0.002 },
      { kind: 'lost-ack', shareRatio: 0.01 },
    ])
  })

  test.each(['lost-ack', 'lost-ack=0', 'lost-ack=200%', 'toString=1%', 'lost-ack=x'])('refuses %s', (text) => {
    expect(() => parseDefects([text])).toThrow('--defect')
  })
})

test.each(['-1', '1.5', 'x', '9007199254740993'])('parseSeed refuses %s', (text) => {
  expect(() => parseSeed(text)).toThrow('--seed')
})

describe('--image-size', () => {
  test('is full where there are images, and none where there are none', () => {
    expect(parseImageSize(undefined, imagingDay)).toBe('full')
    expect(parseImageSize('small', imagingDay)).toBe('small')
    expect(parseImageSize(undefined, recupDay)).toBeUndefined()
  })

  test.each([
    ['tiny', imagingDay, '--image-size: expected full, heavy, small, got tiny'],
    ['small', recupDay, '--image-size: expected a scenario with diagnostic images, got recup-day'],
  ] as const)('%s is refused where it cannot apply', (typed, scenario, message) => {
    expect(() => parseImageSize(typed, scenario)).toThrow(message)
  })
})
