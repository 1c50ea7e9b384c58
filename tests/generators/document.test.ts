import { expect, test } from 'vitest'
import { documentOf, documentText } from '../../generators/reports/document.ts'
import { rngOf } from '../../generators/rng.ts'
import { documentKinds, documentPages } from '../../region/digital-services.ts'

const seeds = rngOf(3).split('documents')
const documents = Array.from({ length: 20_000 }, (_, index) => documentOf(seeds.at(index).uint32()))

test.each(documentKinds.value)(
  'a $name is as frequent as the region says, and in its bounds',
  ({ code, share, structuredBytes }) => {
    const own = documents.filter(({ kind }) => kind === code)
    const deviation = Math.sqrt((share * (1 - share)) / documents.length)
    expect(Math.abs(own.length / documents.length - share)).toBeLessThan(4 * deviation)
    const { leastBytes, mostBytes } = documentPages.value
    for (const { sizeBytes } of own) {
      expect(sizeBytes).toBeGreaterThanOrEqual(structuredBytes + leastBytes)
      expect(sizeBytes).toBeLessThanOrEqual(structuredBytes + mostBytes)
    }
  },
)

test('the several documents of a seed differ, and each is always the same', () => {
  expect(documentOf(5, 1)).not.toEqual(documentOf(5, 0))
  expect(documentOf(5, 1)).toEqual(documentOf(5, 1))
})

test.each([1, 79, 80, 81, 250_000])(
  'a text of %i bytes has that many, all ASCII, others for another identifier',
  (size) => {
    const text = documentText('ns.a.1', size)
    expect(Buffer.byteLength(text)).toBe(size)
    expect(text).toMatch(/^[ -~\n]*$/)
    expect(documentText('ns.a.1', size)).toBe(text)
    if (size > 80) expect(documentText('ns.a.2', size)).not.toBe(text)
  },
)
