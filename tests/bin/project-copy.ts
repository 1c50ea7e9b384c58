import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../source/files.ts'

/** How a program ended and what it wrote. */
export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** A copy of what starts the project, in a folder of its own, with nothing on the PATH but fakes. */
export type ProjectCopy = {
  readonly folder: string
  /** Puts a program on the PATH; its script sees `args` and `log`. */
  readonly fake: (program: string, script: string) => string
  readonly stubCli: (script: string) => void
  /** Runs a file of the copy in a working directory apart from it. */
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>
  /** What the fakes were called with. */
  readonly calls: () => readonly string[]
  readonly remove: () => void
}

export function projectCopy(): ProjectCopy {
  const parent = mkdtempSync(join(tmpdir(), 'collaudo-bin-'))
  const folder = join(parent, 'clone')
  const fakes = join(parent, 'fakes')
  const elsewhere = join(parent, 'elsewhere')
  const logPath = join(parent, 'calls.log')
  for (const path of [fakes, elsewhere, join(folder, 'cli')]) mkdirSync(path, { recursive: true })
  for (const path of ['bin', 'package.json', 'package-lock.json', 'runner/k6/go.mod']) {
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  writeFileSync(logPath, '')
  return {
    folder,
    fake: (program, script) => {
      const path = join(fakes, program)
      const prelude = `#!${process.execPath}\nconst fs = require('node:fs'), args = process.argv.slice(2)\n`
      const log = `fs.appendFileSync(${JSON.stringify(logPath)}, ['${program}', ...args].join(' ') + '\\n')\n`
      writeFileSync(path, `${prelude}${log}${script}`, { mode: 0o755 })
      return path
    },
    stubCli: (script) => writeFileSync(join(folder, 'cli', 'main.ts'), script),
    start: (args, env = {}) =>
      startNode([join(folder, 'bin', 'collaudo.mjs'), ...args], { cwd: elsewhere, env: { PATH: fakes, ...env } }),
    calls: () => readFileSync(logPath, 'utf8').split('\n').filter(Boolean),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  }
}

function startNode(args: readonly string[], options: { cwd: string; env: Record<string, string> }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += chunk))
    child.stderr.on('data', (chunk) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
