import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/collaudo.mjs', import.meta.url))

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly child: ChildProcess
  /** Working directory of its own, removed after the test. */
  readonly dir: string
  readonly ended: Promise<Ended>
  /** Resolves when stderr or stdout has said it; rejects when the process ends without. */
  said(text: string): Promise<void>
}

/** Starts the real binary in an empty folder, or in one that is there. */
export const startCollaudo = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  dir = mkdtempSync(join(tmpdir(), 'collaudo-e2e-')),
): Started => {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: dir,
    // A job of GitHub that runs the tests must not be told of them.
    env: { ...process.env, GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '', TMPDIR: dir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.stderr += text
  })
  const ended = new Promise<Ended>((resolve) => child.once('close', (exitCode) => resolve({ exitCode, ...heard })))
  // Also after a test that failed: a twin left up would hold its port.
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dir, { recursive: true, force: true })
  })
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if ((heard.stdout + heard.stderr).includes(text)) resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.once('close', () => reject(new Error(`expected ${text}, got the end after\n${heard.stderr}`)))
      look()
    })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  return { child, dir, ended, said }
}

/** Runs it to its end. */
export const collaudo = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended & { readonly dir: string }> => {
  const { dir, ended } = startCollaudo(args, env)
  return { dir, ...(await ended) }
}
