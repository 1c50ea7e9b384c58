import { componentName, type Standing } from '../model/component.ts'
import { Failure } from '../model/failure.ts'
import { isImageSystem } from '../model/system.ts'
import { defectArgs } from './defect-args.ts'
import type { Group } from './group.ts'
import { type ProcessOptions, startProcess } from './start-process.ts'
import { type Supervised, supervise } from './supervise.ts'
import type { TwinOptions } from './twin-options.ts'

/** What a group is started with. */
export interface GroupOptions {
  readonly name: Standing
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Gets every process as soon as it is up, so that it can be stopped whatever happens next. */
  readonly started: Supervised[]
}

/** How many replicas a system is to have; undefined for one process without a balancer. Throws a usage Failure. */
export const replicasOf = (name: Standing, { replicas, defects }: TwinOptions): number | undefined => {
  const count = name === 'identity' ? undefined : replicas?.[name]
  if (count === undefined) return undefined
  const hint = 'leave it out, or give a FHIR system a whole number of replicas'
  if (isImageSystem(name)) throw new Failure('usage', `replicas: expected a FHIR system, got ${name}`, hint)
  if (defects.some(({ kind }) => kind === 'lost-on-crash')) {
    // What waits to be made durable is in a transaction, which no other process can see or get past.
    throw new Failure('usage', `replicas: expected none of ${name} with the defect lost-on-crash, got ${count}`, hint)
  }
  if (Number.isInteger(count) && count > 0) return count
  throw new Failure('usage', `replicas: expected a whole number from 1 for ${name}, got ${count}`, hint)
}

/** Starts a system. Throws as `startProcess`, and a usage Failure for replicas that cannot be. */
export const startGroup = async (group: GroupOptions, options: TwinOptions): Promise<Group> => {
  const { name, args } = group
  const count = replicasOf(name, options)
  const port = options.ports?.[name] ?? 0
  if (count !== undefined) return replicated(group, options, { count, port })
  const process = await start({ name, program: 'main.ts', port, args: [name, ...args] }, group, options)
  return { name, processes: [process], origin: process.origin, peerOrigin: process.peerOrigin }
}

const replicated = async (
  group: GroupOptions,
  options: TwinOptions,
  { count, port }: { readonly count: number; readonly port: number },
): Promise<Group> => {
  const { name, args } = group
  const { via = async (_, origin) => origin } = options
  const processes: Supervised[] = []
  const ways: string[] = []
  // One after the other: the first makes the database.
  for (let index = 1; index <= count; index++) {
    const replica = componentName({ kind: 'replica', system: name, index })
    const process = await start({ name: replica, program: 'main.ts', port: 0, args: [name, ...args] }, group, options)
    processes.push(process)
    ways.push(await via(replica, process.peerOrigin))
  }
  const balancerArgs = [name, ...ways.flatMap((way) => ['--replica', way]), ...defectArgs(options, ['stale-health'])]
  const balancer = { name: `the balancer of ${name}`, program: 'balancer/main.ts', port, args: balancerArgs } as const
  const { origin, peerOrigin } = await start(balancer, group, options)
  return { name, processes, origin, peerOrigin }
}

const start = async (
  process: Omit<ProcessOptions, 'env' | 'log'>,
  { env, started }: GroupOptions,
  { restartAfterMs, launch = startProcess, log = () => {} }: TwinOptions,
): Promise<Supervised> => {
  const running = await supervise({ ...process, env, log }, { launch, restartAfterMs })
  started.push(running)
  return running
}
