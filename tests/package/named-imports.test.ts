import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'
import { olderForm } from '../../package/build-programs.ts'
import { namedImports } from '../../package/named-imports.ts'
import { root } from '../source/files.ts'

/** Those that the product imports while it runs. */
test.each([
  ['undici', ['Agent', 'ProxyAgent', 'fetch']],
  ['testcontainers', ['GenericContainer', 'Wait', 'getContainerRuntimeClient']],
  ['yaml', ['parse', 'stringify']],
])('what is imported of %s while the program runs keeps its names in a bundle', async (name, names) => {
  const dir = await mkdtemp(join(root, 'node_modules', '.cache', 'collaudo-named-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await writeFile(join(dir, 'entry.mjs'), `export const found = async () => Object.keys(await import('${name}'))\n`)
  await build({
    entryPoints: [join(dir, 'entry.mjs')],
    outdir: join(dir, 'out'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    external: ['*.node', 'cpu-features'],
    banner: { js: olderForm },
    plugins: [namedImports([])],
    logLevel: 'error',
  })
  const { found } = await import(pathToFileURL(join(dir, 'out', 'entry.mjs')).href)
  expect(await found()).toEqual(expect.arrayContaining(names))
})
