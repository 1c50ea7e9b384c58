import * as library from 'codice-fiscale-js'
import { describe, expect, test } from 'vitest'
import { fiscalCode } from '../../generators/fiscal-code.ts'
import { People } from '../../planner/people.ts'

/** The package’s types speak of a default export; this is what it exports. */
const { CodiceFiscale } = library as unknown as { CodiceFiscale: { check(code: string): boolean } }

const people = (mode: 'valid' | 'marked' | 'invalid') => {
  const all = new People(42, mode)
  return Array.from({ length: 2000 }, (_, index) => all.of(index))
}

describe('fiscalCode', () => {
  test('gives the well-known example', () => {
    const mario = {
      surname: 'Rossi',
      name: 'Mario',
      sex: 'male',
      birthDate: { year: 1980, month: 1, day: 1 },
      cadastral: 'H501',
    } as const
    expect(fiscalCode(mario, 'valid')).toBe('RSSMRA80A01H501U')
  })

  test.each([
    ['Fo', 'Al', 'FOXLAX'],
    ["D'Àngelo", 'Gian Franco', 'DNGGFR'],
    ['Rossi', 'Anna', 'RSSNNA'],
  ])('takes consonants, then vowels, then X from %s %s', (surname, name, start) => {
    const person = {
      surname,
      name,
      sex: 'female',
      birthDate: { year: 1999, month: 12, day: 3 },
      cadastral: 'H501',
    } as const
    expect(fiscalCode(person, 'valid')).toMatch(new RegExp(`^${start}99T43H501[A-Z]$`))
  })

  test('in valid mode an independent library accepts every code', () => {
    expect(people('valid').filter(({ fiscalCode: code }) => !CodiceFiscale.check(code))).toEqual([])
  })

  test.each(['marked', 'invalid'] as const)('in %s mode the library refuses every code', (mode) => {
    expect(people(mode).filter(({ fiscalCode: code }) => CodiceFiscale.check(code))).toEqual([])
  })

  test('a marked code differs from the right one in its check character alone', () => {
    const right = people('valid')
    for (const [index, person] of people('marked').entries()) {
      expect(person.fiscalCode.slice(0, 15)).toBe(right[index]?.fiscalCode.slice(0, 15))
      expect(person.fiscalCode).toMatch(/^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$/)
    }
  })
})
