import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, sourceFiles } from './source/files.ts'
import { type Import, importsOf } from './source/imports.ts'

/** What a folder may import besides its own files. `npm: 'all'` means every dependency but k6. */
type Allowance = {
  readonly folders: readonly string[]
  readonly types?: readonly string[]
  readonly npm: 'all' | readonly string[]
  readonly node: boolean
}

const fhirTypes = ['fhir/r4.js']
const shared = ['model', 'region', 'generators', 'clients']
const workers = ['planner', 'chaos', 'results', 'dashboards', 'twin']
const worker: Allowance = { folders: [...shared, 'home'], types: fhirTypes, npm: 'all', node: true }
const conductor: Allowance = { ...worker, folders: [...shared, 'home', ...workers, 'scenarios'] }
const commands: Allowance = { ...worker, folders: [...conductor.folders, 'chaos-mesh', 'containers', 'runner'] }
const anything: Allowance = {
  ...worker,
  folders: [...commands.folders, 'cli', 'bin', 'journeys', 'bench', 'qualify', 'package', 'api'],
}

const allowances: Readonly<Record<string, Allowance>> = {
  model: { folders: [], npm: ['zod'], node: false },
  region: { folders: ['model'], npm: [], node: false },
  generators: { folders: ['model', 'region'], types: fhirTypes, npm: [], node: false },
  scenarios: { folders: ['model', 'region', 'generators'], npm: [], node: false },
  journeys: { folders: ['generators'], types: ['model', ...fhirTypes], npm: ['k6'], node: false },
  clients: { folders: ['model'], types: fhirTypes, npm: 'all', node: true },
  'chaos-mesh': { folders: [], npm: 'all', node: true },
  containers: { folders: ['model', 'clients', 'home'], npm: 'all', node: true },
  ...Object.fromEntries(workers.map((folder) => [folder, worker])),
  chaos: { ...worker, folders: [...worker.folders, 'chaos-mesh', 'containers'] },
  twin: { ...worker, folders: [...worker.folders, 'containers'] },
  runner: { ...conductor, folders: [...conductor.folders, 'containers'] },
  cli: commands,
  home: { folders: [], npm: [], node: true },
  api: { folders: ['model', 'results', 'scenarios', 'chaos'], npm: [], node: false },
  package: { folders: ['home', 'containers', 'planner'], npm: ['esbuild'], node: true },
  bin: { folders: [], npm: [], node: true },
  bench: anything,
  qualify: anything,
  tests: anything,
}

/** Packages that cost start-up time or memory: a command that does not use them must not load them. */
const heavy = [
  '@faker-js/faker',
  '@kubernetes/client-node',
  '@medplum/',
  'echarts',
  'esbuild',
  'hono',
  'marked',
  'node-forge',
  'testcontainers',
]

const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)
const files = sourceFiles().filter((file) => /\.(?:ts|mjs)$/.test(file) && file.includes('/'))
const imports = new Map(files.map((file) => [file, importsOf(readFileSync(join(root, file), 'utf8'))]))

function folderOf(file: string): string {
  return file.split('/')[0] ?? ''
}

/** The project file that an import names; undefined for a package. */
function resolved(file: string, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function isAllowed(file: string, imported: Import): boolean {
  const folder = folderOf(file)
  const { folders, types = [], npm, node } = allowances[folder] ?? { folders: [], npm: [], node: false }
  const target = resolved(file, imported)
  const named = target === undefined ? imported.specifier : folderOf(target)
  if (imported.kind === 'type' && types.includes(named)) return true
  if (target !== undefined) return named === folder || folders.includes(named)
  if (isBuiltin(named)) return node && named.startsWith('node:')
  if (npm !== 'all') return npm.includes(packageOf(named))
  const isForDevelopment = ['tests', 'bench', 'qualify'].includes(folder) || imported.kind === 'type'
  return packageOf(named) in { ...manifest.dependencies, ...(isForDevelopment ? manifest.devDependencies : {}) }
}

/** Files and packages that `entry` reaches at run time by such imports, each with the chain of files that leads to it. */
function reached(entry: string, kinds: readonly Import['kind'][]): ReadonlyMap<string, string> {
  const chains = new Map<string, string>()
  const visit = (file: string, chain: string): void => {
    if (chains.has(file)) return
    chains.set(file, chain)
    for (const imported of imports.get(file) ?? []) {
      const target = resolved(file, imported) ?? imported.specifier
      if (kinds.includes(imported.kind)) visit(target, `${target} ← ${chain}`)
    }
  }
  visit(entry, entry)
  return chains
}

describe('imports', () => {
  it('stay inside what the folder may import', () => {
    const violations = [...imports].flatMap(([file, list]) =>
      list
        .filter((imported) => !isAllowed(file, imported))
        .map(({ specifier, kind }) => `${file}: ${kind} ${specifier}`),
    )
    expect(violations).toEqual([])
  })

  it.each<[string, Import['kind'], string]>([
    ['model/row.ts', 'static', '../region/volumes.ts'],
    ['generators/rng.ts', 'static', 'zod'],
    ['generators/rng.ts', 'static', 'node:crypto'],
    ['generators/fhir/slot.ts', 'static', 'fhir/r4.js'],
    ['journeys/book.ts', 'static', '../model/row.ts'],
    ['journeys/lib/row.ts', 'static', '../../runner/clock.ts'],
    ['results/judge.ts', 'type', '../twin/server.ts'],
    ['results/judge.ts', 'static', 'fast-check'],
    ['twin/fhir/store.ts', 'dynamic', '../../results/cells.ts'],
    ['runner/prepare.ts', 'static', '../cli/main.ts'],
    ['cli/main.ts', 'static', '../journeys/main.ts'],
    ['chaos-mesh/client.ts', 'static', '../model/failure.ts'],
    ['clients/token.ts', 'static', 'fs'],
  ])('of %s may not be: %s %s', (file, kind, specifier) => {
    expect(isAllowed(file, { specifier, kind })).toBe(false)
  })

  it('come from folders that have a rule', () => {
    expect(files.map(folderOf).filter((folder) => !(folder in allowances))).toEqual([])
  })

  it('name files that exist', () => {
    const missing = [...imports].flatMap(([file, list]) =>
      list
        .map((imported) => resolved(file, imported))
        .filter((target) => target !== undefined && /\.(?:ts|mjs)$/.test(target) && !imports.has(target))
        .map((target) => `${file}: ${target}`),
    )
    expect(missing).toEqual([])
  })
})

describe('the two runtimes', () => {
  const inK6 = reached('journeys/main.ts', ['static', 'dynamic'])
  const inNode = reached('cli/main.ts', ['static', 'dynamic'])

  it('start from their entry files', () => {
    expect([imports.has('journeys/main.ts'), imports.has('cli/main.ts')]).toEqual([true, true])
  })

  it('share only the pure folders', () => {
    const common = [...inK6].filter(([file]) => imports.has(file) && inNode.has(file))
    expect(common.filter(([file]) => !['model', 'region', 'generators'].includes(folderOf(file)))).toEqual([])
  })

  it('keep npm packages and Node out of the k6 bundle', () => {
    const packages = [...inK6].filter(([name]) => !/\.(?:ts|json)$/.test(name))
    expect(packages.filter(([name]) => packageOf(name) !== 'k6').map(([, chain]) => chain)).toEqual([])
  })

  it('load a heavy package only when a command uses it', () => {
    const atStart = [...reached('cli/main.ts', ['static'])]
    const loaded = atStart.filter(([name]) => heavy.includes(packageOf(name)))
    expect(loaded.map(([, chain]) => chain)).toEqual([])
  })
})
