import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { journalsIn, readJournal } from '../chaos/restoring/journal.ts'
import { openState } from '../chaos/restoring/open-state.ts'
import { isThere } from '../chaos/restoring/process-mark.ts'

export interface SelfTestRequest {
  /** Program and arguments that conduct an experiment. */
  readonly command: readonly string[]
  readonly runsDir: string
  readonly signal: AbortSignal
  readonly tell: (text: string) => void
}

/** `not-begun`: nothing was killed, so nothing is known. */
export interface SelfTestResult {
  readonly kind: 'clean' | 'left' | 'not-begun'
  readonly sentence: string
}

/** After the deadline of the last fault somebody else must have ended everything; a short form has its last one within 15 s. */
const cleanWithinMs = 30_000
const lookEveryMs = 200

/** Kills collaudo while a fault of its is there, and sees whether anything is left of it. Throws the signal's reason when that ends it. */
export const selfTest = async ({ command, runsDir, signal, tell }: SelfTestRequest): Promise<SelfTestResult> => {
  const [program = '', ...args] = command
  const victim = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const end = () => victim.kill('SIGTERM')
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const ended = new Promise<void>((resolve) => {
    victim.once('error', () => resolve())
    victim.once('close', () => resolve())
  })
  await Promise.race([said(victim.stderr, 'proven'), ended])
  if (signal.aborted) await ended
  signal.throwIfAborted()
  if (victim.exitCode !== null || victim.signalCode !== null || victim.pid === undefined) {
    return { kind: 'not-begun', sentence: 'it ended before a fault of its was proven' }
  }
  victim.kill('SIGKILL')
  const killedMs = performance.now()
  tell('killed    the run that was to be killed, with its fault still there')
  await ended
  const path = journalOf(runsDir, victim.pid)
  if (path === undefined) return { kind: 'left', sentence: 'it had no journal' }
  while (leftOf(path).length > 0 && performance.now() - killedMs < cleanWithinMs) await sleep(lookEveryMs)
  const left = leftOf(path)
  const seconds = ((performance.now() - killedMs) / 1000).toFixed(1)
  return left.length === 0
    ? { kind: 'clean', sentence: `${seconds} s after the kill no fault and no process was left` }
    : { kind: 'left', sentence: `${seconds} s after the kill there was still: ${left.join('; ')}` }
}

/** The newest that the process has opened. */
const journalOf = (runsDir: string, pid: number | undefined): string | undefined =>
  journalsIn(runsDir).findLast((path) => openState(readJournal(path)).opened?.owner.pid === pid)

const said = (output: NodeJS.ReadableStream, word: string): Promise<void> =>
  new Promise((resolve) => {
    let told = ''
    output.on('data', (chunk: Buffer) => {
      told += chunk
      if (told.includes(word)) resolve()
    })
  })

const leftOf = (path: string): readonly string[] => {
  const { injections, processes, isClosed } = openState(readJournal(path))
  return [
    ...injections.map(({ fault }) => `${fault.kind} on ${fault.component}`),
    ...processes.filter((one) => isThere(one.process)).map(({ what, process }) => `${what}, process ${process.pid}`),
    ...(isClosed ? [] : ['an open journal']),
  ]
}
