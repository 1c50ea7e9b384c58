import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homeFolder } from '../home/home.ts'

/** What is in the package, beside what npm always takes. */
const files = [
  'bin/*.mjs',
  'dist',
  'docs/concepts',
  'docs/how-to',
  'docs/*.json',
  'targets',
  'project',
  'dashboards/rendered',
  'dashboards/rules',
  'dashboards/provisioning',
  'dashboards/*.yaml',
  'dashboards/*.md',
  'runner/k6',
  'CHANGELOG.md',
  'publiccode.yml',
]
/** What is not built into the package: the types of its interface are made of these. */
export const dependencies = ['zod']

const manifestFile = join(homeFolder, 'package.json')
const keptFile = join(homeFolder, '.tools', 'package.json.kept')
const packedFile = join(homeFolder, '.tools', 'package.json.packed')

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}

/** The manifest of the package: nothing of what a clone is made with, since all that runs is built into it. The scripts of packing stay: npm would run none after a packing that was broken off. */
export const packedManifest = (manifest: Manifest): object => {
  const { private: _, scripts, dependencies: all, devDependencies, optionalDependencies, engines, ...rest } = manifest
  return {
    ...rest,
    scripts: { prepack: scripts['prepack'], postpack: scripts['postpack'] },
    engines: { node: '>=22.18' },
    exports: {
      '.': { types: './dist/types/api/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, all[name]])),
  }
}

/** Puts the package's manifest in the place of the clone's, which is kept: npm reads it from there and nowhere else. */
export const putPackedManifest = (): void => {
  const text = readFileSync(manifestFile, 'utf8')
  mkdirSync(dirname(keptFile), { recursive: true })
  writeFileSync(keptFile, text)
  // Whoever reads it meanwhile finds one or the other, and never half of one.
  writeFileSync(packedFile, packedText(text))
  renameSync(packedFile, manifestFile)
}

/** The clone's manifest again, also after a packing that was broken off; what somebody has put in its place since then stays. */
export const restoreManifest = (): void => {
  if (!existsSync(keptFile)) return
  const kept = readFileSync(keptFile, 'utf8')
  if (readFileSync(manifestFile, 'utf8') === packedText(kept)) renameSync(keptFile, manifestFile)
  else rmSync(keptFile)
}

const packedText = (manifest: string): string => `${JSON.stringify(packedManifest(JSON.parse(manifest)), null, 2)}\n`
