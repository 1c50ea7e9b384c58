/** What a codice fiscale is computed from. `cadastral` is the Belfiore code of the birthplace. */
export interface FiscalPerson {
  readonly surname: string
  readonly name: string
  readonly sex: 'male' | 'female'
  readonly birthDate: { readonly year: number; readonly month: number; readonly day: number }
  readonly cadastral: string
}

/**
 * `valid`: right, so it could be somebody's · `marked`: right but for its check character, so it can be nobody's ·
 * `invalid`: not even the shape of one.
 */
export type FiscalCodeMode = 'marked' | 'invalid' | 'valid'

const monthLetters = 'ABCDEHLMPRST'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Values of 0-9, and of A-J alike, then K-Z in odd positions (D.M. 23/12/1976). */
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')

const consonants = (text: string): string => text.replace(/[AEIOU]/g, '')
const vowels = (text: string): string => text.replace(/[^AEIOU]/g, '')
const three = (text: string): string => `${text}XXX`.slice(0, 3)

const surnamePart = (surname: string): string => three(consonants(surname) + vowels(surname))

const namePart = (name: string): string => {
  const c = consonants(name)
  return c.length >= 4 ? `${c[0]}${c[2]}${c[3]}` : three(c + vowels(name))
}

const datePart = ({ birthDate, sex }: FiscalPerson): string => {
  const day = birthDate.day + (sex === 'female' ? 40 : 0)
  return `${String(birthDate.year % 100).padStart(2, '0')}${monthLetters[birthDate.month - 1]}${String(day).padStart(2, '0')}`
}

const letterValue = (character: string): number =>
  character >= 'A' ? character.charCodeAt(0) - 65 : character.charCodeAt(0) - 48

const checkIndex = (first15: string): number => {
  let sum = 0
  for (let index = 0; index < 15; index++) {
    const value = letterValue(first15[index] ?? '0')
    sum += index % 2 === 0 ? (oddValues[value] ?? 0) : value
  }
  return sum % 26
}

/** The codice fiscale of a person in a mode; 16 characters. */
export const fiscalCode = (person: FiscalPerson, mode: FiscalCodeMode): string => {
  const first15 =
    surnamePart(plain(person.surname)) + namePart(plain(person.name)) + datePart(person) + person.cadastral
  switch (mode) {
    case 'valid':
      return first15 + letters[checkIndex(first15)]
    case 'marked':
      return first15 + letters[(checkIndex(first15) + 13) % 26]
    case 'invalid':
      return `00${first15.slice(2)}0`
  }
}
