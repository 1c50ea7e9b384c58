import { existsSync } from 'node:fs'
import type { OpenTarget } from './open-target.ts'
import { isContained } from './read-target.ts'

/** A system, and its processes on this machine that are up now. */
export interface WatchedSystem {
  readonly system: string
  pids(): readonly number[]
}

/** Whose processor time can be looked at, or why nobody’s can. */
export type WatchedProcesses =
  | { readonly kind: 'known'; readonly systems: readonly WatchedSystem[] }
  | { readonly kind: 'not-known'; readonly reason: string }

/** The processes of a target, where they are of this machine. */
export const watchedProcesses = ({ twin, target }: Pick<OpenTarget, 'twin' | 'target'>): WatchedProcesses => {
  if (!twin) return { kind: 'not-known', reason: `the systems of ${target.name} run on machines of others` }
  if (isContained(target))
    return { kind: 'not-known', reason: 'the systems run in containers, which are not looked into' }
  if (!existsSync('/proc/self/stat')) return { kind: 'not-known', reason: 'this machine has no /proc' }
  const names = [...twin.systems, 'identity']
  return { kind: 'known', systems: names.map((system) => ({ system, pids: () => twin.pidsOf(system) })) }
}
