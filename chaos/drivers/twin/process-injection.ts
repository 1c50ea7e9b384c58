import type { Injection } from '../../driver.ts'
import { isThere, markOf, type ProcessMark, processState, signalProcess } from '../../restoring/process-mark.ts'
import { answers, askAll, backAgain } from '../answers.ts'
import { inWords } from '../links/probe.ts'
import type { TwinHandle } from './twin-handle.ts'

/** The processes of a component now. */
export const marksOf = (twin: TwinHandle, component: string): readonly ProcessMark[] =>
  twin.pidsOf(component).flatMap((pid) => markOf(pid) ?? [])

/** Its processes end at once, as when the machine below them is lost. Whoever runs them starts them again. */
export const injectKill = async (twin: TwinHandle, component: string): Promise<Injection> => {
  const marks = marksOf(twin, component)
  for (const mark of marks) signalProcess(mark, 'SIGKILL')
  const injectedUnixMs = Date.now()
  const over = backAgain(twin, component, () => marks.some(isThere))
  over.catch(() => {})
  return {
    injectedUnixMs,
    over,
    prove: async () => ({
      holds: marks.length > 0 && !marks.some(isThere),
      sentence: `${component}: ${marks.filter((mark) => !isThere(mark)).length} of ${marks.length} processes ended`,
    }),
    restore: () => over,
    proveGone: () => answers(twin, component),
  }
}

/** Its processes stand still and keep their connections, as a machine without a processor does. */
export const injectFreeze = async (twin: TwinHandle, component: string): Promise<Injection> => {
  const marks = marksOf(twin, component)
  // Frozen in a transaction it would hold up whoever shares its database, which is a fault of another kind.
  await twin.rest(component)
  for (const mark of marks) signalProcess(mark, 'SIGSTOP')
  return {
    injectedUnixMs: Date.now(),
    prove: async () => {
      const now = await askAll(twin, component)
      const stopped = marks.filter(({ pid }) => processState(pid) === 'T').length
      return {
        holds: marks.length > 0 && stopped === marks.length && now.every(({ error }) => error === 'timeout'),
        sentence: `${component}: ${stopped} of ${marks.length} processes stopped, ${now.map(inWords).join(', ')}`,
      }
    },
    restore: async () => {
      for (const mark of marks) signalProcess(mark, 'SIGCONT')
      if (marks.some((mark) => isThere(mark) && processState(mark.pid) === 'T')) {
        throw new Error(`expected the processes of ${component} to go on, got one that is stopped`)
      }
      return Date.now()
    },
    proveGone: () => answers(twin, component),
  }
}
