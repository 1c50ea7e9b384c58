import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isNothing, type LeftBehind, leftBehind, listeningIn, processesIn } from './left-behind.ts'

const bin = fileURLToPath(new URL('../bin/collaudo.mjs', import.meta.url))

/** One experiment that is killed, and how. */
export interface Kill {
  readonly experiment: string
  readonly seed: number
  /** The start of the command, of the target, of k6, or of the first fault. */
  readonly since: 'start' | 'plan' | 'load' | 'fault'
  readonly afterMs: number
  /** `collaudo`: the process that conducts · `group`: it, the launcher, the twin and the proxy at once. */
  readonly whom: 'collaudo' | 'group'
  /** Whether `collaudo restore` is called at once, or the watchdog is waited for. */
  readonly restores: boolean
}

export interface Killed {
  readonly left: LeftBehind
  /** What its last line said when it was killed: how far it had come. */
  readonly phase: string
  /** From the kill until nothing was left, or until it was given up. */
  readonly cleanAfterMs: number
}

/** The longest deadline of a short form, and what the watchdog gets beyond it. */
const pastDeadlineMs = 20_000

/** Kills an experiment in its short form, lets it be restored, and counts what is left of it on this machine. */
export const killExperiment = async ({ experiment, seed, since, afterMs, whom, restores }: Kill): Promise<Killed> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-killed-'))
  const args = [bin, 'chaos', experiment, '--short', '--seed', String(seed), '--out', 'run']
  const child = spawn(process.execPath, args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let told = '\n'
  const ended = new Promise((resolve) => child.once('close', resolve))
  const begun = new Promise<void>((resolve) => {
    if (since === 'start') resolve()
    child.stderr.on('data', (chunk) => {
      told += chunk
      if (told.includes(`\n${since} `)) resolve()
    })
  })
  await Promise.race([begun.then(() => sleep(afterMs)), ended])
  const sockets = listeningIn(dir)
  kill(whom, child.pid ?? 0, dir)
  const killedMs = performance.now()
  if (restores) await restoreIn(dir)
  let left = leftBehind(dir, sockets)
  while (!isNothing(left) && !restores && performance.now() - killedMs < pastDeadlineMs) {
    await sleep(100)
    left = leftBehind(dir, sockets)
  }
  const cleanAfterMs = performance.now() - killedMs
  if (isNothing(left)) await rm(dir, { recursive: true, force: true })
  return { left, phase: told.trim().split('\n').at(-1) ?? '', cleanAfterMs }
}

const kill = (whom: Kill['whom'], launcher: number, dir: string): void => {
  const conductor = conductorIn(dir, launcher)
  // To signal group 0 is to signal one's own.
  if (launcher <= 1) return
  try {
    if (whom === 'group') process.kill(-launcher, 'SIGKILL')
    else process.kill(conductor ?? launcher, 'SIGKILL')
  } catch {
    // It had ended by itself.
  }
}

/** The launcher's only child. */
const conductorIn = (dir: string, launcher: number): number | undefined =>
  processesIn(dir).find((pid) => parentOf(pid) === launcher)

const parentOf = (pid: number): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return 0
  }
}

const restoreIn = async (dir: string): Promise<void> => {
  const child = spawn(process.execPath, [bin, 'restore'], { cwd: dir, stdio: 'ignore' })
  await new Promise((resolve) => child.once('close', resolve))
}
