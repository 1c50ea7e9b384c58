import { parseComponent } from '../../model/component.ts'
import type { Driver } from '../driver.ts'
import { askAll, type Reachable } from './answers.ts'
import { probePath } from './links/link-effect.ts'
import type { Links } from './links/links.ts'
import { probe } from './links/probe.ts'

/** As long as platforms wait for a health check. */
const healthTimeoutMs = 1000

/** Health and calls of systems with a proxy in each way: its own looks over a way are no calls of anybody. */
export const watchedWays = (links: Links, systems: Reachable): Pick<Driver, 'health' | 'calls'> => {
  const looks = new Map<string, number>()
  return {
    async health() {
      const watched = systems.components.flatMap((name): readonly (readonly [string, Promise<boolean>])[] => {
        const component = parseComponent(name)
        if (component?.kind === 'system') return [[name, isWell(systems, name)]]
        if (component?.kind !== 'edge' || component.from !== 'clients') return []
        looks.set(name, (looks.get(name) ?? 0) + 1)
        return [[name, isReached(links, name)]]
      })
      return Object.fromEntries(await Promise.all(watched.map(async ([name, is]) => [name, await is])))
    },
    async calls() {
      const counts = await links.proxy.counts()
      return Object.fromEntries(
        Object.entries(counts).map(([way, { exchanges }]) => [way, exchanges - (looks.get(way) ?? 0)]),
      )
    },
  }
}

const isWell = async (systems: Reachable, system: string): Promise<boolean> =>
  (await askAll(systems, system, healthTimeoutMs)).every(({ status }) => status === 200)

/** As whoever watches from outside asks. */
const isReached = async (links: Links, way: string): Promise<boolean> =>
  (await probe(`${links.originOf(way)}${probePath}`, healthTimeoutMs, links.ca)).status === 200
