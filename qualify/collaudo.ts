import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '../bin/launch.mjs'
import { type RunRecord, runRecordSchema } from '../model/run-record.ts'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly dir: string
}

/** Runs the command line as its launcher does, in a folder of its own; `watch` sees the process and its folder while it goes on. */
export const collaudo = async (
  args: readonly string[],
  watch?: (child: ChildProcess, dir: string) => void,
): Promise<Ended> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-qualify-'))
  const child = spawn(process.execPath, [...nodeFlags, main, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  watch?.(child, dir)
  const stop = passSignals(child)
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
  stop()
  return { exitCode, stdout, stderr, dir }
}

const running = new Set<ChildProcess>()

/** Who breaks a proof off breaks its runs off too, and waits until all of them have cleaned up; the result ends this. */
const passSignals = (child: ChildProcess): (() => void) => {
  const signals = ['SIGINT', 'SIGTERM'] as const
  const pass = (signal: NodeJS.Signals) => {
    child.once('close', () => {
      running.delete(child)
      if (running.size === 0) process.exit(130)
    })
    child.kill(signal)
  }
  running.add(child)
  for (const signal of signals) process.on(signal, pass)
  return () => {
    running.delete(child)
    for (const signal of signals) process.off(signal, pass)
  }
}

/** A run on the embedded target, to its record. Throws with the messages of a run that leaves none. */
export const recordOf = async (
  args: readonly string[],
  watch?: (child: ChildProcess, dir: string) => void,
): Promise<RunRecord> => {
  const { stdout, stderr } = await collaudo(['run', ...args, '--json'], watch)
  if (stdout === '') throw new Error(`expected a record, got\n${stderr}`)
  return runRecordSchema.parse(JSON.parse(stdout))
}
