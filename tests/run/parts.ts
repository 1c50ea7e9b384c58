import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Report, type Tally, tallyOf } from './tally.ts'

const root = join(import.meta.dirname, '..', '..')
const modules = join(root, 'node_modules')

const isTerminal = process.stdout.isTTY === true
const env = isTerminal ? process.env : { ...process.env, NO_COLOR: '1' }

/** One part of a test command: what to call it and how to run it. */
export type Part = { readonly name: string; readonly run: () => Promise<Tally> }

/** A check that passes or fails as a whole; only its failure is counted. */
function check(name: string, args: readonly string[]): Part {
  const run = async (): Promise<Tally> => ({ passed: 0, failed: (await runNode(args)) === 0 ? 0 : 1, skipped: 0 })
  return { name, run }
}

/** A vitest project. */
function tests(project: string): Part {
  const reportPath = join(modules, '.cache', 'test-reports', `${project}.json`)
  const run = async (): Promise<Tally> => {
    mkdirSync(join(reportPath, '..'), { recursive: true })
    rmSync(reportPath, { force: true })
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${reportPath}`]
    const exitCode = await runNode([join(modules, 'vitest', 'vitest.mjs'), 'run', '--project', project, ...reporters])
    return tallyOf(readReport(reportPath), exitCode)
  }
  return { name: `${project} tests`, run }
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function runNode(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

const biome = join(modules, '@biomejs', 'biome', 'bin', 'biome')

const checks = [
  check('format and lint', [
    biome,
    'ci',
    '--reporter=concise',
    '--error-on-warnings',
    ...(isTerminal ? [] : ['--colors=off']),
  ]),
  check('types', [join(modules, 'typescript', 'bin', 'tsc'), '-b', '--force']),
  tests('unit'),
]

/** The parts of each test command. */
export const commands: Readonly<Record<string, readonly Part[]>> = {
  check: checks,
  all: [...checks, tests('k6'), tests('e2e')],
  servers: [tests('servers')],
}
