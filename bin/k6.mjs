import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { lastLines, runChild } from './children.mjs'
import { SetupFailure } from './setup-failure.mjs'
import { withLock } from './setup-lock.mjs'
import { isAtLeast, parseVersion } from './version.mjs'

/** @typedef {import('./packages.mjs').Setup} Setup */

const oldestK6 = [2, 2]
const oldestGo = [1, 25]
const goHint = 'install Go 1.25 or newer, or set COLLAUDO_K6 to a k6 2.2 or newer'

/**
 * Where k6 is: COLLAUDO_K6, else a new enough `k6` on the PATH, else the one built from runner/k6, built now when it is not there.
 * @param {Setup} setup
 * @throws {SetupFailure} when COLLAUDO_K6 is unfit, Go is missing or too old, or the build fails
 */
export async function provideK6(setup) {
  return (await findK6(setup)) ?? (await buildK6(setup))
}

/**
 * The same without a build.
 * @param {Setup} setup
 * @returns {Promise<string | undefined>}
 * @throws {SetupFailure} when COLLAUDO_K6 is unfit
 */
export async function findK6({ root, env }) {
  if (env['COLLAUDO_K6']) return checkedK6(env['COLLAUDO_K6'])
  const onPath = whereIs('k6', env)
  if (onPath && isAtLeast((await versionOf(onPath)) ?? [], oldestK6)) return onPath
  const built = builtPath(root)
  return existsSync(built) ? built : undefined
}

/** @param {string} path */
async function checkedK6(path) {
  const version = isProgram(path) ? await versionOf(path) : undefined
  if (version && isAtLeast(version, oldestK6)) return path
  throw new SetupFailure(
    `expected k6 2.2 or newer at COLLAUDO_K6=${path}, got ${version ? `k6 ${version.join('.')}` : 'no k6'}`,
    'set COLLAUDO_K6 to a newer k6, or unset it to have one built',
  )
}

/** @param {string} path */
async function versionOf(path) {
  const ended = await runChild(path, ['version'], { stdio: ['ignore', 'pipe', 'ignore'] }).catch(() => undefined)
  // `NAME v2.2.0 (go1.26.8, linux/amd64)`: the name is the file's and may hold digits.
  return ended?.code === 0 ? parseVersion(ended.output.slice(ended.output.indexOf(' '))) : undefined
}

/**
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 */
function whereIs(program, env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, program)).find(isProgram)
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** @param {string} root */
function builtPath(root) {
  const mod = readFileSync(join(root, 'runner', 'k6', 'go.mod'), 'utf8')
  const version = /go\.k6\.io\/k6\/v2 (v\S+)/.exec(mod)?.[1]
  if (!version) throw new SetupFailure('expected a version of go.k6.io/k6/v2 in runner/k6/go.mod', 'restore that file')
  return join(root, '.tools', `k6-${version}`)
}

/** @param {Setup} setup */
function buildK6({ root, env, say }) {
  const binary = builtPath(root)
  const work = async () => {
    if (!existsSync(binary)) await build({ root, env, say }, binary)
    return binary
  }
  return withLock(join(root, '.tools', 'k6.lock'), { say, work })
}

/**
 * Builds under another name and renames, so that an interrupted build leaves nothing that looks complete.
 * @param {Setup} setup
 * @param {string} binary
 */
async function build({ root, env, say }, binary) {
  const cwd = join(root, 'runner', 'k6')
  await checkGo(cwd, env)
  say('building k6 with Go (once, a minute or two)…')
  const unfinished = `${binary}.unfinished`
  const flags = ['-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags=-s -w', '-o', unfinished]
  try {
    const { code, output } = await runChild('go', ['build', ...flags, 'go.k6.io/k6/v2'], {
      cwd,
      env: { ...env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (code !== 0) {
      say(lastLines(output))
      throw new SetupFailure(
        `go build of k6 ended with code ${code} in ${cwd}`,
        'mend what it says above and start again',
      )
    }
    renameSync(unfinished, binary)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/**
 * @param {string} cwd where go.mod is, since Go may switch to the toolchain that it asks for
 * @param {NodeJS.ProcessEnv} env
 */
async function checkGo(cwd, env) {
  const ended = await runChild('go', ['env', 'GOVERSION'], { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] }).catch(
    (error) => {
      if (error.code !== 'ENOENT') throw error
      throw new SetupFailure('no k6 2.2 or newer, and no Go on the PATH to build it', goHint)
    },
  )
  const version = parseVersion(ended.output) ?? []
  if (!isAtLeast(version, oldestGo)) {
    throw new SetupFailure(`expected Go 1.25 or newer to build k6, got ${version.join('.') || 'no version'}`, goHint)
  }
}
