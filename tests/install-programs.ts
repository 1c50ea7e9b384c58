import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that tests drive, and the Debian packages that bring it. */
export interface NeededProgram {
  readonly program: string
  readonly packages: readonly string[]
}

/** Installs those that are missing with apt-get, which needs root. Throws an Error that says what to install. */
export function installPrograms(needed: readonly NeededProgram[]): void {
  const missing = needed.filter(({ program }) => !isOnPath(program))
  if (missing.length === 0) return
  const packages = missing.flatMap((entry) => entry.packages)
  console.error(`installing ${packages.join(' ')}…`)
  apt(['update'], packages)
  apt(['install', '--yes', '--no-install-recommends', ...packages], packages)
}

function apt(args: readonly string[], packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const ended = spawnSync('apt-get', ['--quiet', ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (ended.status === 0) return
  const said = ended.error?.message ?? ended.stderr.trim()
  throw new Error(`apt-get ${args[0]} failed: ${said}\nInstall ${packages.join(' ')} as root and start again.`)
}

function isOnPath(program: string): boolean {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
