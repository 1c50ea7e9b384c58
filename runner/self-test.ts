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

export interface SelfTestResult {
  readonly isClean: boolean
  readonly sentence: string
}

/** After the deadline of the last fault somebody else must have ended everything; a short form has its last one within 15 s. */
const cleanWithinMs = 30_000
const lookEveryMs = 200

/** Kills collaudo while a fault of its is there, and sees whether anything is left of it. */
export const selfTest = async ({ command, runsDir, signal, tell }: SelfTestRequest): Promise<SelfTestResult> => {
  const [program = '', ...args] = command
  const victim = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], signal })
  const ended = new Promise<void>((resolve) => {
    victim.once('error', () => resolve())
    victim.once('close', () => resolve())
  })
  await Promise.race([said(victim.stderr, 'proven'), ended])
  if (victim.exitCode !== null) return { isClean: false, sentence: 'it ended before a fault of its was proven' }
  victim.kill('SIGKILL')
  const killedMs = performance.now()
  tell('killed    the run that was to be killed, with its fault still there')
  await ended
  const path = journalOf(runsDir, victim.pid)
  if (path === undefined) return { isClean: false, sentence: 'it had no journal' }
  while (leftOf(path).length > 0 && performance.now() - killedMs < cleanWithinMs) await sleep(lookEveryMs)
  const left = leftOf(path)
  const seconds = ((performance.now() - killedMs) / 1000).toFixed(1)
  return left.length === 0
    ? { isClean: true, sentence: `${seconds} s after the kill no fault and no process was left` }
    : { isClean: false, sentence: `${seconds} s after the kill there was still: ${left.join('; ')}` }
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
