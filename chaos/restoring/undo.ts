import type { Undoing, UndoingOf } from './journal-entry.ts'
import { isThere, type ProcessMark, processState, signalProcess } from './process-mark.ts'

/** Waits; given, so that tests need no time. */
export type Sleep = (ms: number) => Promise<unknown>

/** What a process gets to end by itself before it is killed, and what the kernel gets to clear it away. */
const graceMs = 3000
const lookEveryMs = 50

/** Undoes one thing, and resolves to whether it is undone. Doing it again does no harm. */
export const undo = (undoing: Undoing, sleep: Sleep): Promise<boolean> => {
  switch (undoing.kind) {
    case 'continue':
      return resume(undoing.process, sleep)
    case 'end':
      return endProcess(undoing.process, sleep)
    case 'unpause':
    case 'remove':
      return undoContainer(undoing)
  }
}

const undoContainer = async ({ kind, container }: UndoingOf<'unpause' | 'remove'>): Promise<boolean> => {
  const { findEngine } = await import('../../containers/engine.ts')
  const { removeContainer, resumeContainer } = await import('../../containers/remove-run.ts')
  const engine = await findEngine()
  await (kind === 'remove' ? removeContainer : resumeContainer)(engine, container)
  return true
}

const resume = async (mark: ProcessMark, sleep: Sleep): Promise<boolean> => {
  signalProcess(mark, 'SIGCONT')
  return within(graceMs, sleep, () => !isThere(mark) || processState(mark.pid) !== 'T')
}

/** Asks a process to end, then kills it. One that is stopped hears of neither before it goes on. */
export const endProcess = async (mark: ProcessMark, sleep: Sleep): Promise<boolean> => {
  signalProcess(mark, 'SIGTERM')
  signalProcess(mark, 'SIGCONT')
  if (await within(graceMs, sleep, () => !isThere(mark))) return true
  signalProcess(mark, 'SIGKILL')
  return within(graceMs, sleep, () => !isThere(mark))
}

const within = async (limitMs: number, sleep: Sleep, isSo: () => boolean): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += lookEveryMs) {
    if (isSo()) return true
    await sleep(lookEveryMs)
  }
  return isSo()
}
