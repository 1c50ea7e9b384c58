import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { abandonChildren, forwardSignals, isEnding, receivedSignal, runChild } from './children.mjs'
import { findK6, provideK6 } from './k6.mjs'
import { chooseNode } from './node-choice.mjs'
import { providePackages } from './packages.mjs'
import { parseVersion } from './version.mjs'

/**
 * @typedef {'build' | 'find' | 'none'} K6Need provide it at any cost, name it when it is there, or do not look
 * @typedef {{ file: string, args: readonly string[], k6: K6Need }} Launch
 */

/** V8 would let the young generation of a collector at full speed grow to 128 MB of garbage. */
export const nodeFlags = ['--max-semi-space-size=16']

const setup = {
  root: fileURLToPath(new URL('..', import.meta.url)),
  env: process.env,
  say: (/** @type {string} */ line) => {
    if (!isEnding()) console.error(line)
  },
}

/**
 * Provides packages, Node and k6, then runs a file of the project in the working directory; this process ends with its exit code.
 * @param {Launch} launch
 */
export function launch({ file, args, k6 }) {
  return guarded(async () => {
    const k6Found = await bothOrNeither(providePackages(setup), k6Path(k6))
    const version = parseVersion(process.versions.node) ?? []
    const running = { version, path: process.execPath, platform: process.platform, arch: process.arch }
    const node = chooseNode(running, join(setup.root, 'node_modules'), existsSync)
    // Compiled once, then read: a run starts up to twenty processes, each of which would spend half of its start or more on it.
    const cache = { NODE_COMPILE_CACHE: join(setup.root, '.tools', 'compile-cache') }
    const env = { ...cache, ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` }
    const located = k6Found ? { ...env, COLLAUDO_K6: k6Found } : env
    // The last one is a pipe that breaks when this process is gone, however it went: nobody else would tell the child.
    const ended = await runChild(node, [...nodeFlags, startFile(file), ...args], {
      stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
      env: { ...located, COLLAUDO_LAUNCHER_FD: '3' },
    })
    process.exitCode = ended.code
  })
}

/**
 * A clone has the sources; the package has what was built of them, named as home/home.ts does.
 * @param {string} file
 */
function startFile(file) {
  const source = join(setup.root, file)
  if (existsSync(source)) return source
  return join(setup.root, 'dist', file.replaceAll('/', '-').replace(/\.ts$/, '.js'))
}

/**
 * Awaits two works done at the same time; the failure of one ends the other, which is awaited too: it releases its lock.
 * @template T
 * @param {Promise<void>} first
 * @param {Promise<T>} second
 * @returns {Promise<T>} the result of the second
 */
async function bothOrNeither(first, second) {
  try {
    return (await Promise.all([first, second]))[1]
  } catch (error) {
    abandonChildren()
    await Promise.allSettled([first, second])
    throw error
  }
}

/** Prints where k6 is, after building it when needed. */
export function printK6() {
  return guarded(async () => console.log(await provideK6(setup)))
}

/** @param {K6Need} need */
async function k6Path(need) {
  if (need === 'build') return provideK6(setup)
  return need === 'find' ? findK6(setup).catch(() => undefined) : undefined
}

/** @param {() => Promise<void>} work */
async function guarded(work) {
  forwardSignals()
  try {
    await work()
  } catch (error) {
    const signal = receivedSignal()
    process.exitCode = signal ? 128 + constants.signals[signal] : 2
    if (!signal) console.error(`collaudo: ${error instanceof Error ? error.message : error}`)
  }
}
