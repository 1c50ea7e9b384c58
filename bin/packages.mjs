import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runChild } from './children.mjs'
import { SetupFailure } from './setup-failure.mjs'
import { withLock } from './setup-lock.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 * @typedef {{ root: string, env: NodeJS.ProcessEnv, say: (line: string) => void }} Setup
 */

/**
 * Whether what npm installed differs from what the lock file asks for. An optional package may be missing: it is for another platform.
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json, which npm writes last
 */
export function isStale(wanted, installed) {
  if (!installed) return true
  return Object.entries(wanted.packages).some(([path, { version, integrity, optional }]) => {
    if (path === '') return false
    const found = installed.packages[path]
    return found ? found.version !== version || found.integrity !== integrity : !optional
  })
}

/**
 * Installs the packages of the lock file when they are missing or stale; scripts of packages do not run.
 * @param {Setup} setup
 * @throws {SetupFailure} without npm, or when it fails
 */
export async function providePackages({ root, env, say }) {
  const isOutdated = () => {
    const wanted = readLock(join(root, 'package-lock.json'))
    return wanted !== undefined && isStale(wanted, readLock(join(root, 'node_modules', '.package-lock.json')))
  }
  if (!isOutdated()) return
  const work = async () => {
    if (isOutdated()) await install({ root, env, say })
  }
  await withLock(join(root, '.tools', 'packages.lock'), { say, work })
}

/** @param {Setup} setup */
async function install({ root, env, say }) {
  say('installing packages…')
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional']
  // A cut installation is seen as stale, and npm takes ten seconds to undo one.
  const { code, output } = await runChild('npm', ['ci', ...flags], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    endWith: 'SIGKILL',
  }).catch((error) => {
    if (error.code !== 'ENOENT') throw error
    throw new SetupFailure('packages are missing and npm is not on the PATH', 'install Node.js 20 or newer with npm')
  })
  if (code === 0) return
  say(lastLines(output))
  throw new SetupFailure(`npm ci ended with code ${code} in ${root}`, 'mend what it says above and start again')
}

/**
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
