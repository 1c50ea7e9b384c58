import { componentName, parseComponent, type Standing, standing } from '../model/component.ts'
import { Failure } from '../model/failure.ts'
import { isImageSystem, type SystemName, systemNames } from '../model/system.ts'
import type { InsideFault, RestOrder } from './faults/inside-fault.ts'
import type { Group } from './group.ts'
import { instruct, tryWrite } from './instruct.ts'
import type { Supervised } from './supervise.ts'

/** A running twin. */
export interface Twin {
  /** Those that were started, in a fixed order. */
  readonly systems: readonly SystemName[]
  /** Where clients find a system, and its first process. Throws a RangeError for one that was not started. */
  at(system: SystemName): { readonly baseUrl: string; readonly pid: number }
  readonly tokenUrl: string
  readonly versions: Readonly<Record<string, string>>
  /** All that can be hit: systems, replicas, stores, ways from one to another. */
  readonly components: readonly string[]
  /**
   * The processes of a system (its balancer is none of them) or of a replica that are up now. Throws a RangeError for what has
   * none, as a store.
   */
  pidsOf(component: string): readonly number[]
  /** The same of containers. */
  containersOf(component: string): readonly string[]
  /** Where a system or a replica is, without what `via` put in between. Throws a RangeError as `pidsOf`. */
  direct(component: string): string
  /**
   * Begins with a fault inside the processes of a component, or ends it; resolves when each has done so. A system or a store
   * reaches all its processes, a replica its own. Twice is once; a fault ends with its process. Throws a RangeError for a
   * component that is not there or that the fault does not fit, an Error for one that cannot be made.
   */
  instruct(component: string, fault: InsideFault, isOn: boolean): Promise<void>
  /** Lets a store write a little and take it back; resolves with what it said against it, or with nothing. */
  tryWrite(component: string): Promise<{ readonly error: string; readonly durationMs: number }>
  /**
   * To be called right before the processes of a system or a replica are frozen (SIGSTOP): resolves when none of them is in a
   * transaction, and none begins one for half a second. Frozen inside one, a replica holds up the writes of all others. Throws
   * as `pidsOf`.
   */
  rest(component: string): Promise<void>
  /** Resolves with what happened when a process dies without `stop` and is not started again; stays pending otherwise. */
  readonly died: Promise<Failure>
  /** Ends all processes: SIGTERM, then SIGKILL after 3 s. */
  stop(): Promise<void>
}

/** A group as clients see it. */
export type ReachedGroup = Group & { readonly clientOrigin: string }

export const twinOf = (groups: ReadonlyMap<Standing, ReachedGroup>, processes: readonly Supervised[]): Twin => {
  const systems = systemNames.filter((name) => groups.has(name))
  const there = standing.filter((name) => groups.has(name))
  const expected = `expected one of ${there.join(', ')}`
  const expectedProcesses = `expected one of ${[...there, ...replicaNames(groups)].join(', ')}`
  const groupOf = (name: Standing | undefined): ReachedGroup => {
    const group = name && groups.get(name)
    if (group) return group
    throw new RangeError(`${expected}, got ${name}`)
  }
  const hit = (component: string): readonly Supervised[] => {
    const parsed = parseComponent(component)
    const found =
      parsed?.kind === 'system' || parsed?.kind === 'replica'
        ? groups.get(parsed.system)?.processes.filter(({ name }) => name === component || parsed.kind === 'system')
        : []
    if (found?.length) return found
    throw new RangeError(`${expectedProcesses}, got ${component}`)
  }
  const identity = groupOf('identity')
  return {
    systems,
    at: (name) => {
      const { clientOrigin, processes } = groupOf(name)
      const baseUrl = `${clientOrigin}${isImageSystem(name) ? '/dicom-web' : '/fhir'}`
      return { baseUrl, pid: processes[0]?.lastPid() ?? 0 }
    },
    tokenUrl: `${identity.clientOrigin}/token`,
    versions: identity.processes[0]?.versions ?? {},
    components: componentsOf(groups),
    pidsOf: (component) => hit(component).flatMap((process) => process.running()?.pid ?? []),
    containersOf: (component) => hit(component).flatMap((process) => process.running()?.container ?? []),
    direct: (component) => {
      const [process] = hit(component)
      return groups.get(component as Standing)?.origin ?? process?.origin ?? ''
    },
    instruct: (component, fault, isOn) => instruct(groups, component, { fault, isOn }),
    tryWrite: (component) => tryWrite(groups, component),
    rest: async (component) => {
      const running = hit(component).flatMap((process) => process.running() ?? [])
      const order: RestOrder = { restMs: 500 }
      await Promise.all(running.map((process) => process.tell(order)))
    },
    died: Promise.race(processes.map(deathOf)),
    async stop() {
      await Promise.all(processes.map((process) => process.stop()))
    },
  }
}

const deathOf = async ({ name, died }: Supervised): Promise<Failure> => {
  const hint = 'the run cannot be judged: start it again'
  return new Failure('crashed', `expected ${name} of the twin to run, got ${await died}`, hint)
}

const replicaNames = (groups: ReadonlyMap<Standing, Group>): readonly string[] =>
  standing
    .flatMap((name) => groups.get(name)?.processes ?? [])
    .map(({ name }) => name)
    .filter((name) => parseComponent(name)?.kind === 'replica')

const componentsOf = (groups: ReadonlyMap<Standing, Group>): readonly string[] => {
  const there = standing.filter((name) => groups.has(name))
  return [
    ...there,
    ...replicaNames(groups),
    ...there.filter((name) => name !== 'identity').map((system) => componentName({ kind: 'store', system })),
    ...there.map((to) => componentName({ kind: 'edge', from: 'clients', to })),
    ...(groups.has('recup') ? (['prescriptions', 'identity'] as const) : [])
      .filter((to) => groups.has(to))
      .map((to) => componentName({ kind: 'edge', from: 'recup', to })),
  ]
}
