import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultOf } from '../../../model/fault.ts'
import type { Injection } from '../../driver.ts'
import { isThere, type ProcessMark, signalProcess } from '../../restoring/process-mark.ts'
import { answers, backAgain } from '../answers.ts'
import { marksOf } from './process-injection.ts'
import type { TwinHandle } from './twin-handle.ts'

/** One process after the other ends at once, the next a while later, round and round. */
export const injectRollingRestart = async (
  twin: TwinHandle,
  { component, everyMs }: FaultOf<'rolling-restart'>,
): Promise<Injection> => {
  const stop = new AbortController()
  const killed: ProcessMark[] = []
  const rolling = (async () => {
    for (let turn = 0; !stop.signal.aborted; turn++) {
      const marks = marksOf(twin, component)
      const mark = marks[turn % Math.max(1, marks.length)]
      if (mark && signalProcess(mark, 'SIGKILL')) killed.push(mark)
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  })()
  return {
    injectedUnixMs: Date.now(),
    prove: async () => ({
      holds: killed.some((mark) => !isThere(mark)),
      sentence: `${component}: ${killed.length} processes ended so far`,
    }),
    restore: async () => {
      stop.abort()
      await rolling
      return backAgain(twin, component)
    },
    proveGone: () => answers(twin, component),
  }
}
