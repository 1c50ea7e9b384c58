import { componentName, type Standing } from '../model/component.ts'
import { Failure } from '../model/failure.ts'
import { isImageSystem } from '../model/system.ts'
import { defectArgs } from './defect-args.ts'
import type { TwinOptions } from './start-twin.ts'
import { type Supervised, supervise } from './supervise.ts'

/** The processes of a system, or of `identity`. */
export interface Group {
  readonly name: Standing
  readonly processes: readonly Supervised[]
  /** Where it is, without anything between: its process, or the balancer before its replicas. */
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
  const { name, args, env, started } = group
  const { ports, restartAfterMs, log = () => {}, via = async (_, origin) => origin } = options
  const count = replicasOf(name, options)
  const program = 'main.ts'
  if (count === undefined) {
    const alone = { name, program, port: ports?.[name] ?? 0, args: [name, ...args], env, log } as const
    const process = await supervise(alone, restartAfterMs)
    started.push(process)
    return { name, processes: [process], origin: process.origin }
  }
  const processes: Supervised[] = []
  const ways: string[] = []
  // One after the other: the first makes the database.
  for (let index = 1; index <= count; index++) {
    const replica = componentName({ kind: 'replica', system: name, index })
    const process = await supervise(
      { name: replica, program, port: 0, args: [name, ...args], env, log },
      restartAfterMs,
    )
    started.push(process)
    processes.push(process)
    ways.push(await via(replica, process.origin))
  }
  const balancer = await supervise(
    {
      name: `the balancer of ${name}`,
      program: 'balancer/main.ts',
      port: ports?.[name] ?? 0,
      args: [name, ...ways.flatMap((way) => ['--replica', way]), ...defectArgs(options, ['stale-health'])],
      env,
      log,
    },
    restartAfterMs,
  )
  started.push(balancer)
  return { name, processes, origin: balancer.origin }
}
