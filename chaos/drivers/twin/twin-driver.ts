import { type Fault, type LinkFault, linkFaultKinds } from '../../../model/fault.ts'
import type { Driver, Injection } from '../../driver.ts'
import type { Undoing } from '../../restoring/journal-entry.ts'
import { markOf } from '../../restoring/process-mark.ts'
import { injectLink, usualAnswers } from '../links/link-injection.ts'
import type { Links } from '../links/links.ts'
import type { Probed } from '../links/probe.ts'
import { misfitOf } from '../misfit.ts'
import { watchedWays } from '../watched-ways.ts'
import { injectInside } from './inside-injection.ts'
import { injectFreeze, injectKill, marksOf } from './process-injection.ts'
import { type ProcessorTime, processorTime } from './processor-time.ts'
import { injectRollingRestart } from './rolling-restart-injection.ts'
import type { TwinHandle } from './twin-handle.ts'

/** Makes faults on the embedded target: a proxy in every way, signals to its processes, and what a process does inside itself. */
export const twinDriver = (links: Links, twin: TwinHandle): Driver => {
  const usual = new Map<string, ReadonlyMap<string, Probed>>()
  const busy = new Map<string, ProcessorTime>()
  return {
    name: 'twin',
    components: twin.components,
    cannot: (fault) => cannot(fault, twin.components),
    undoingsOf: (fault) => undoingsOf(fault, links, twin),
    async calibrate({ kind, component }) {
      usual.set(component, await usualAnswers(links, component))
      if (kind === 'cpu-pressure') busy.set(component, processorTime(twin.pidsOf(component)))
    },
    inject: (id, fault) =>
      inject({ id, fault, links, twin, usual: usual.get(fault.component), busy: busy.get(fault.component) }),
    ...watchedWays(links, twin),
  }
}

const isLink = (fault: Fault): fault is LinkFault => linkFaultKinds.some((kind) => kind === fault.kind)

const cannot = (fault: Fault, components: readonly string[]): string | undefined => {
  const misfit = misfitOf(fault, components)
  if (misfit !== undefined || fault.kind !== 'dns-failure') return misfit
  return 'the systems of the twin find each other by address: no name can fail'
}

const undoingsOf = (fault: Fault, links: Links, twin: TwinHandle): readonly Undoing[] => {
  if (isLink(fault)) return [markOf(links.proxy.pid)].flatMap((process) => (process ? [{ kind: 'end', process }] : []))
  // A process that was killed is started again by its platform; one that ends takes what it does inside itself along.
  const marks = marksOf(twin, fault.component.replace('.store', ''))
  switch (fault.kind) {
    case 'kill':
    case 'rolling-restart':
      return []
    case 'freeze':
      return marks.map((process) => ({ kind: 'continue', process }))
    default:
      return marks.map((process) => ({ kind: 'end', process }))
  }
}

interface Injecting {
  readonly id: string
  readonly fault: Fault
  readonly links: Links
  readonly twin: TwinHandle
  readonly usual: ReadonlyMap<string, Probed> | undefined
  readonly busy: ProcessorTime | undefined
}

const inject = ({ id, fault, links, twin, usual, busy }: Injecting): Promise<Injection> => {
  if (isLink(fault)) return injectLink(links, { id, fault }, usual ?? new Map())
  switch (fault.kind) {
    case 'kill':
      return injectKill(twin, fault.component)
    case 'freeze':
      return injectFreeze(twin, fault.component)
    case 'rolling-restart':
      return injectRollingRestart(twin, fault)
    case 'cpu-pressure':
    case 'memory-pressure':
    case 'clock-skew':
    case 'read-only-storage':
    case 'disk-full':
    case 'slow-storage':
      return injectInside(twin, fault, busy)
  }
}
