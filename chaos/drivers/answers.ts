import { setTimeout as sleep } from 'node:timers/promises'
import type { Proof } from '../driver.ts'
import { probePath, silenceMs } from './links/link-effect.ts'
import { inWords, type Probed, probe } from './links/probe.ts'

/** Systems and replicas, and where they are past every proxy. */
export interface Reachable {
  readonly components: readonly string[]
  direct(component: string): string
}

/** The replicas of a system, or the component itself: a balancer is well whoever stands behind it. */
export const partsOf = ({ components }: Reachable, component: string): readonly string[] => {
  const replicas = components.filter((name) => name.startsWith(`${component}#`))
  return replicas.length > 0 ? replicas : [component]
}

/** What each process of a component answers now, past every proxy. */
export const askAll = (systems: Reachable, component: string, timeoutMs = silenceMs): Promise<readonly Probed[]> =>
  Promise.all(partsOf(systems, component).map((part) => probe(`${systems.direct(part)}${probePath}`, timeoutMs)))

/** Whether every process of a component answers. */
export const answers = async (systems: Reachable, component: string): Promise<Proof> => {
  const now = await askAll(systems, component)
  return { holds: now.every(({ status }) => status === 200), sentence: `${component}: ${now.map(inWords).join(', ')}` }
}

/** What a platform needs to start a process again, at most. */
const restartWithinMs = 60_000

/** Resolves to when a component answers again and nothing of what it was is there any more; rejects when it never does. */
export const backAgain = async (
  systems: Reachable,
  component: string,
  isOldThere: () => boolean = () => false,
): Promise<number> => {
  const endMs = performance.now() + restartWithinMs
  while (performance.now() < endMs) {
    if (!isOldThere() && (await answers(systems, component)).holds) return Date.now()
    await sleep(50)
  }
  throw new Error(`expected ${component} to answer again within ${restartWithinMs / 1000} s, got nothing`)
}
