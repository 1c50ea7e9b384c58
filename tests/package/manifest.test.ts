import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packedManifest } from '../../package/manifest.ts'
import { root } from '../source/files.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test('the package asks for nothing that is built into it, and has no script of a clone but those of packing', () => {
  const { version, license, bin, ...packed } = Object(packedManifest(manifest))
  expect({ version, license, bin }).toEqual({
    version: manifest.version,
    license: 'EUPL-1.2',
    bin: { collaudo: 'bin/collaudo.mjs' },
  })
  expect(Object.keys(packed.scripts)).toEqual(['prepack', 'postpack'])
  expect(packed.dependencies).toEqual({ zod: manifest.dependencies.zod })
  expect(Object.keys(packed)).toEqual([
    'name',
    'description',
    'type',
    'scripts',
    'engines',
    'exports',
    'files',
    'dependencies',
  ])
})
