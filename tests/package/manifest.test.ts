import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packedManifest } from '../../package/manifest.ts'
import { root } from '../source/files.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

test('the package asks for nothing that is built into it, and for no script of a clone', () => {
  const { version, license, bin, ...packed } = Object(packedManifest(manifest))
  expect({ version, license, bin }).toEqual({
    version: manifest.version,
    license: 'EUPL-1.2',
    bin: { collaudo: 'bin/collaudo.mjs' },
  })
  expect(packed.dependencies).toEqual({ zod: manifest.dependencies.zod })
  expect(Object.keys(packed)).toEqual(['name', 'description', 'type', 'engines', 'exports', 'files', 'dependencies'])
})
