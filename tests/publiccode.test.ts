import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './source/files.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const code = parse(read('publiccode.yml'))
const manifest = JSON.parse(read('package.json'))

test('what the reuse catalogue reads is of this version and licence', () => {
  expect([code.publiccodeYmlVersion, code.softwareVersion, code.legal.license]).toEqual([
    '0.4',
    manifest.version,
    manifest.license,
  ])
})

test.each(Object.entries<{ shortDescription: string; longDescription: string }>(code.description))(
  'its description in %s has the length that the standard asks for',
  (_, { shortDescription, longDescription }) => {
    expect(shortDescription.length).toBeLessThanOrEqual(150)
    expect(longDescription.length).toBeGreaterThanOrEqual(150)
    expect(longDescription.length).toBeLessThanOrEqual(10_000)
  },
)
