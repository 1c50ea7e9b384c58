import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  accessionNumber,
  instanceUid,
  keyOfUid,
  patientName,
  runDigits,
  type StudyKey,
  seriesUid,
  studyUid,
  uidBytes,
} from '../../generators/imaging/uids.ts'

const keys: fc.Arbitrary<StudyKey> = fc.record({
  run: fc.string().map(runDigits),
  stream: fc.integer({ min: 0, max: 999 }),
  row: fc.integer({ min: 0, max: 99_999_999 }),
  nth: fc.integer({ min: 0, max: 9 }),
  seed: fc.nat({ max: 0xffffffff }),
})
const numbers = fc.integer({ min: 0, max: 99_999 })

it('UIDs are numbers of 128 bits below 2.25, all of one length, and tell what they are of', () => {
  fc.assert(
    fc.property(keys, numbers, (key, number) => {
      for (const uid of [studyUid(key), seriesUid(key, number), instanceUid(key, number)]) {
        expect(uid).toMatch(/^2\.25\.1\d{38}$/)
        expect(uid).toHaveLength(uidBytes)
        expect(BigInt(uid.slice('2.25.'.length))).toBeLessThan(2n ** 128n)
        expect(keyOfUid(uid)?.key).toEqual(key)
      }
      expect(keyOfUid(instanceUid(key, number))?.number).toBe(number)
      expect(accessionNumber(key)).toHaveLength(16)
      expect(patientName(key.run)).toHaveLength(24)
    }),
  )
})

it('no two of a study are equal', () => {
  fc.assert(
    fc.property(keys, fc.uniqueArray(numbers, { minLength: 2, maxLength: 20 }), (key, some) => {
      const uids = [studyUid(key), ...some.flatMap((number) => [seriesUid(key, number), instanceUid(key, number)])]
      expect(new Set(uids).size).toBe(uids.length)
    }),
  )
})

it('a UID of somebody else has no key', () => {
  expect(keyOfUid('1.2.840.10008.1.2.1')).toBeUndefined()
  expect(keyOfUid(`2.25.${'9'.repeat(39)}`)).toBeUndefined()
})
