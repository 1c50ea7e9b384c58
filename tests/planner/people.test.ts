import { mean } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { People } from '../../planner/people.ts'
import { ageReferenceDate, aslShares, communes } from '../../region/people.ts'

const people = new People(1, 'marked')
const sample = Array.from({ length: 20_000 }, (_, index) => people.of(index))
const share = (count: number): number => count / sample.length

describe('People', () => {
  test('a person is a function of seed and index, whoever was asked for before', () => {
    const other = new People(1, 'marked')
    other.of(5)
    expect(other.of(17)).toEqual(sample[17])
    expect(new People(2, 'marked').of(17)).not.toEqual(sample[17])
  })

  test('nobody can be reached', () => {
    for (const { phone, email } of sample) {
      expect(phone).toMatch(/^\+39000\d{8,}$/)
      expect(email).toMatch(/\.invalid$/)
    }
  })

  test('everybody lives in a commune of Lazio with its postal code', () => {
    const byIstat = new Map(communes.value.map((commune) => [commune.istat, commune]))
    for (const { istat, commune, cap, fiscalCode } of sample) {
      expect(byIstat.get(istat)?.name).toBe(commune)
      expect(byIstat.get(istat)?.cap).toContain(cap)
      expect(fiscalCode.slice(11, 15)).toBe(byIstat.get(istat)?.cadastral)
    }
  })

  test('shares of women and health authorities are the region’s within one point in a hundred, and the mean age within a year', () => {
    expect(share(sample.filter(({ sex }) => sex === 'female').length)).toBeCloseTo(0.516, 1.7)
    for (const { code, share: expected } of aslShares.value) {
      expect(Math.abs(share(sample.filter(({ asl }) => asl === code).length) - expected)).toBeLessThan(0.01)
    }
    const ages = sample.map(({ birthDate }) => ageReferenceDate.value.year - Number(birthDate.slice(0, 4)))
    expect(Math.abs(mean(ages) - 46.2)).toBeLessThan(1)
  })
})
