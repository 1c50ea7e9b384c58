import type { Standing } from '../model/component.ts'
import type { TwinOptions } from './start-twin.ts'
import { type Supervised, supervise } from './supervise.ts'

/** The processes of a system, or of `identity`. */
export interface Group {
  readonly name: Standing
  readonly processes: readonly Supervised[]
  /** Where it is, without anything between. */
  readonly origin: string
}

/** What a group is started with. */
export interface GroupOptions {
  readonly name: Standing
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Gets every process as soon as it is up, so that it can be stopped whatever happens next. */
  readonly started: Supervised[]
}

/** Starts a system. Throws as `startProcess`. */
export const startGroup = async (
  { name, args, env, started }: GroupOptions,
  { ports, restartAfterMs, log = () => {} }: TwinOptions,
): Promise<Group> => {
  const process = await supervise(
    { name, program: 'main.ts', port: ports?.[name] ?? 0, args: [name, ...args], env, log },
    restartAfterMs,
  )
  started.push(process)
  return { name, processes: [process], origin: process.origin }
}
