import { type Engine, hostOf } from '../../../containers/engine.ts'
import { type Fault, type LinkFault, linkFaultKinds } from '../../../model/fault.ts'
import type { Driver, Injection } from '../../driver.ts'
import type { Undoing } from '../../restoring/journal-entry.ts'
import { partsOf } from '../answers.ts'
import { injectLink, usualAnswers } from '../links/link-injection.ts'
import type { Links } from '../links/links.ts'
import type { Probed } from '../links/probe.ts'
import { misfitOf } from '../misfit.ts'
import { watchedWays } from '../watched-ways.ts'
import type { ContainerHandle } from './container-handle.ts'
import { injectDiskFull } from './disk-full-injection.ts'
import { injectReadOnlyStorage, type MountReadOnly } from './read-only-injection.ts'
import { injectCpuPressure, injectMemoryPressure } from './resource-injections.ts'
import { injectFreeze, injectKill, injectRollingRestart } from './stop-injections.ts'

/** What the driver makes its faults with. */
export interface DockerPlace {
  readonly engine: Engine
  readonly links: Links
  /** The container of the proxy. */
  readonly proxyId: string
  readonly systems: ContainerHandle
  readonly mount: MountReadOnly
  /** The name of the container of a system or a replica, whichever has it. */
  readonly nameOf: (component: string) => string
}

/** Makes faults on systems in containers: a proxy in every way, and what the engine does to a container. */
export const dockerDriver = (place: DockerPlace): Driver => {
  const { links, systems } = place
  const usual = new Map<string, ReadonlyMap<string, Probed>>()
  return {
    name: 'docker',
    components: systems.components,
    cannot: (fault) => misfitOf(fault, systems.components) ?? impossible[fault.kind],
    undoingsOf: (fault) => undoingsOf(fault, place),
    async calibrate({ component }) {
      usual.set(component, await usualAnswers(links, component))
    },
    inject: (id, fault, lastsMs) =>
      inject({ id, fault, lastsMs, usual: usual.get(fault.component) ?? new Map() }, place),
    ...watchedWays(links, systems),
  }
}

const isLink = (fault: Fault): fault is LinkFault => linkFaultKinds.some((kind) => kind === fault.kind)

/** Why, by kind of fault. */
const impossible: Partial<Record<Fault['kind'], string>> = {
  'dns-failure': 'the engine answers for names itself: it cannot be told to fail for one of them',
  'clock-skew': 'containers have the clock of their machine',
  'slow-storage': 'the engine cannot make a volume slow',
}

const undoingsOf = (fault: Fault, place: DockerPlace): readonly Undoing[] => {
  const { proxyId, systems, nameOf } = place
  const engine = hostOf(place.engine)
  const removing = (containers: readonly string[]): readonly Undoing[] =>
    containers.map((container) => ({ kind: 'remove', container, engine }))
  if (isLink(fault)) return removing([proxyId])
  const component = fault.component.replace('.store', '')
  const containers = systems.containersOf(component)
  switch (fault.kind) {
    // Whoever runs them starts others in their place.
    case 'kill':
    case 'rolling-restart':
      return []
    case 'freeze':
      return containers.map((container) => ({ kind: 'unpause', container, engine }))
    // Those that bear it are not made yet.
    case 'read-only-storage':
      return removing(partsOf(systems, component).map(nameOf))
    // What fills it is gone with the last container that has the volume.
    case 'disk-full':
      return removing([...containers, proxyId])
    default:
      return removing(containers)
  }
}

interface Injecting {
  readonly id: string
  readonly fault: Fault
  readonly lastsMs: number
  readonly usual: ReadonlyMap<string, Probed>
}

const inject = async ({ id, fault, lastsMs, usual }: Injecting, place: DockerPlace): Promise<Injection> => {
  const { engine, links, systems } = place
  if (isLink(fault)) return injectLink(links, { id, fault }, usual)
  switch (fault.kind) {
    case 'kill':
      return injectKill(engine, systems, fault.component)
    case 'freeze':
      return injectFreeze(engine, systems, fault.component)
    case 'rolling-restart':
      return injectRollingRestart(engine, systems, fault)
    case 'cpu-pressure':
      return injectCpuPressure(engine, systems, fault)
    case 'memory-pressure':
      return injectMemoryPressure(engine, systems, fault)
    case 'disk-full':
      return injectDiskFull(engine, systems, fault.component)
    case 'read-only-storage':
      return injectReadOnlyStorage(place, fault.component, lastsMs)
    case 'clock-skew':
    case 'slow-storage':
      throw new Error(`expected a fault that Docker makes, got ${fault.kind}: ${impossible[fault.kind]}`)
  }
}
