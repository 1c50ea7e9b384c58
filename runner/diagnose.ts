import { execFile } from 'node:child_process'
import { access, constants, readFile, statfs } from 'node:fs/promises'
import { freemem } from 'node:os'
import { promisify } from 'node:util'
import type { Environment } from '../clients/token.ts'
import { findEngine } from '../containers/engine.ts'
import { systemOf } from '../generators/system-of.ts'
import { Failure } from '../model/failure.ts'
import { actions } from '../model/scenario.ts'
import { lackedBy } from './must-carry.ts'
import { openTarget } from './open-target.ts'
import { preflightAll, type Reached, versionsOf } from './preflight.ts'
import { k6Version } from './provenance.ts'
import { isContained, isEmbedded, readTarget, systemsOf } from './read-target.ts'

/** One thing that a run needs. `warn`: a run can do without it. */
export interface Check {
  readonly name: string
  readonly state: 'ok' | 'warn' | 'fail'
  readonly detail: string
  /** What to do about it; empty when all is well. */
  readonly mend: string
}

const execute = promisify(execFile)
const wantedBytes = 1e9
const wantedFiles = 4096

/** Checks the machine and, unless it is the embedded one, the target. Never throws for what it finds. */
export const diagnose = async (target: string, env: Environment, signal: AbortSignal): Promise<readonly Check[]> => [
  ok('node', process.version),
  await k6Check(env.COLLAUDO_K6),
  await goCheck(env.COLLAUDO_K6 !== undefined),
  freeBytes('memory', freemem(), 'end other programs: 1,000 actors need 0.6 GB'),
  await diskCheck(),
  await filesCheck(),
  ...(await targetChecks(target, env, signal)),
]

const ok = (name: string, detail: string): Check => ({ name, state: 'ok', detail, mend: '' })

const k6Check = async (path: string | undefined): Promise<Check> => {
  if (!path)
    return {
      name: 'k6',
      state: 'warn',
      detail: 'not built yet',
      mend: 'collaudo run builds it, or set COLLAUDO_K6 to a k6 2.2 or newer',
    }
  try {
    await access(path, constants.X_OK)
    return ok('k6', `${await k6Version(path)} (${path})`)
  } catch {
    return { name: 'k6', state: 'fail', detail: `${path} does not run`, mend: 'set COLLAUDO_K6 to a k6 2.2 or newer' }
  }
}

const goCheck = async (hasK6: boolean): Promise<Check> => {
  try {
    const { stdout } = await execute('go', ['version'])
    return ok('go', stdout.trim())
  } catch {
    const state = hasK6 ? 'warn' : 'fail'
    return { name: 'go', state, detail: 'not found', mend: 'install Go 1.25 or newer to build k6, or set COLLAUDO_K6' }
  }
}

/** A gigabyte of memory or of disk is what a run of an hour takes. */
const freeBytes = (name: string, bytes: number, mend: string): Check => {
  const isEnough = bytes >= wantedBytes
  return {
    name,
    state: isEnough ? 'ok' : 'fail',
    detail: `${(bytes / 1e9).toFixed(1)} GB free`,
    mend: isEnough ? '' : mend,
  }
}

const diskCheck = async (): Promise<Check> => {
  const { bavail, bsize } = await statfs('.')
  return freeBytes('disk', bavail * bsize, 'free some space in the working directory')
}

const filesCheck = async (): Promise<Check> => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const files = Number(/Max open files\s+(\d+)/.exec(limits)?.[1] ?? wantedFiles)
  const state = files >= wantedFiles ? 'ok' : 'fail'
  return { name: 'open files', state, detail: String(files), mend: state === 'ok' ? '' : `ulimit -n ${wantedFiles}` }
}

const targetChecks = async (name: string, env: Environment, signal: AbortSignal): Promise<readonly Check[]> => {
  try {
    const target = await readTarget(name)
    if (isContained(target)) return [ok('docker', `${(await findEngine()).info.containerRuntime.serverVersion}`)]
    if (isEmbedded(target)) return [ok('target', `${name}: started by the run itself`)]
    const systems = systemsOf(target)
    const open = await openTarget(target, { systems, env, defects: [], dataDir: '' })
    const reached = await preflightAll(systems, open.clients(signal))
    return [
      ...Object.entries(versionsOf(reached)).map(([system, version]) => ok(system, version)),
      ...journeyChecks(reached),
    ]
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return [{ name: 'target', state: 'fail', detail: error.message, mend: error.hint }]
  }
}

/** Which journeys the target's systems carry, and what they lack for each of the others. */
const journeyChecks = (reached: Reached): readonly Check[] => {
  const asked = actions
    .filter((action) => reached[systemOf(action)])
    .map((action) => ({ action, lacks: lackedBy(action, reached) }))
  const carried = asked.filter(({ lacks }) => lacks.length === 0).map(({ action }) => action)
  return [
    ok('carries', carried.join(', ') || 'no journey'),
    ...asked
      .flatMap(({ lacks }) => lacks)
      .map(
        (lack): Check => ({
          name: 'cannot carry',
          state: 'warn',
          detail: lack,
          mend: 'leave its streams out: collaudo run … --streams',
        }),
      ),
  ]
}
