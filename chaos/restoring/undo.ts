import type { Undoing, UndoingOf } from './journal-entry.ts'
import { isThere, type ProcessMark, processState, signalProcess } from './process-mark.ts'

/** Waits; given, so that tests need no time. */
export type Sleep = (ms: number) => Promise<unknown>

/** What a process gets to end by itself before it is killed, and what the kernel gets to clear it away. */
const graceMs = 3000
const lookEveryMs = 50

/** Undoes one thing; resolves to what is still there and why, in words, or to undefined when it is undone. Doing it again does no harm. */
export const undo = async (undoing: Undoing, sleep: Sleep): Promise<string | undefined> => {
  switch (undoing.kind) {
    case 'continue':
      return (await resume(undoing.process, sleep)) ? undefined : `process ${undoing.process.pid} stands still`
    case 'end':
      return (await endProcess(undoing.process, sleep)) ? undefined : `process ${undoing.process.pid} does not end`
    case 'unpause':
    case 'remove':
      return undoContainer(undoing)
    case 'delete': {
      // Heavy: only who has such an object loads what ends it.
      const { undoObject } = await import('../drivers/chaos-mesh/undo-object.ts')
      return undoObject(undoing.object)
    }
  }
}

const undoContainer = async (undoing: UndoingOf<'unpause' | 'remove'>): Promise<string | undefined> => {
  const { findEngine } = await import('../../containers/engine.ts')
  const { removeContainer, resumeContainer } = await import('../../containers/remove-run.ts')
  const { kind, container, engine } = undoing
  try {
    await (kind === 'remove' ? removeContainer : resumeContainer)(await findEngine(engine), container)
    return undefined
  } catch (error) {
    return `container ${container}: ${error instanceof Error ? error.message : error}`
  }
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
