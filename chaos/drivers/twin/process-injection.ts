import { setTimeout as sleep } from 'node:timers/promises'
import type { Injection, Proof } from '../../driver.ts'
import { isThere, markOf, type ProcessMark, processState, signalProcess } from '../../restoring/process-mark.ts'
import { probePath, silenceMs } from './link-effect.ts'
import { inWords, type Probed, probe } from './probe.ts'
import type { TwinHandle } from './twin-handle.ts'

/** The processes of a component now. */
export const marksOf = (twin: TwinHandle, component: string): readonly ProcessMark[] =>
  twin.pidsOf(component).flatMap((pid) => markOf(pid) ?? [])

/** The replicas of a system, or the component itself: a balancer is well whoever stands behind it. */
export const partsOf = (twin: TwinHandle, component: string): readonly string[] => {
  const replicas = twin.components.filter((name) => name.startsWith(`${component}#`))
  return replicas.length > 0 ? replicas : [component]
}

/** What each process of a component answers now, past every proxy. */
export const askAll = (twin: TwinHandle, component: string, timeoutMs = silenceMs): Promise<readonly Probed[]> =>
  Promise.all(partsOf(twin, component).map((part) => probe(`${twin.direct(part)}${probePath}`, timeoutMs)))

/** Whether every process of a component answers. */
export const answers = async (twin: TwinHandle, component: string): Promise<Proof> => {
  const now = await askAll(twin, component)
  return { holds: now.every(({ status }) => status === 200), sentence: `${component}: ${now.map(inWords).join(', ')}` }
}

/** What a platform needs to start a process again, at most. */
const restartWithinMs = 60_000

/** Resolves to when a component answers again without the processes it had; rejects when it never does. */
export const backAgain = async (
  twin: TwinHandle,
  component: string,
  before: readonly ProcessMark[] = [],
): Promise<number> => {
  const endMs = performance.now() + restartWithinMs
  while (performance.now() < endMs) {
    if (!before.some(isThere) && (await answers(twin, component)).holds) return Date.now()
    await sleep(50)
  }
  throw new Error(`expected ${component} to answer again within ${restartWithinMs / 1000} s, got nothing`)
}

/** Its processes end at once, as when the machine below them is lost. Whoever runs them starts them again. */
export const injectKill = async (twin: TwinHandle, component: string): Promise<Injection> => {
  const marks = marksOf(twin, component)
  for (const mark of marks) signalProcess(mark, 'SIGKILL')
  const injectedUnixMs = Date.now()
  const over = backAgain(twin, component, marks)
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
