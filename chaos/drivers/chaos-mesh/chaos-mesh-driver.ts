import { resolve } from 'node:path'
import { persist } from '../../../chaos-mesh/recovery/persist.ts'
import { within } from '../../../chaos-mesh/waiting/within.ts'
import { parseComponent } from '../../../model/component.ts'
import type { Fault } from '../../../model/fault.ts'
import type { Driver, Injection } from '../../driver.ts'
import type { ClusterContext } from './context.ts'
import { orFailure } from './failure-of.ts'
import { injectKill } from './kill-injection.ts'
import { injectLasting } from './lasting-injection.ts'
import { leaseName } from './lease.ts'
import { placeOf } from './place.ts'
import { nameOf, type Planned, plannedOf } from './planned.ts'
import { allReady, podsAt } from './pods.ts'
import { injectRollingRestart } from './rolling-restart-injection.ts'
import { type Usual, usualOf } from './usual.ts'

/** An API server that is away for a moment is asked again. */
const calibrateWithinMs = 30_000

/** Makes faults on a Kubernetes cluster, each by an experiment of Chaos Mesh. */
export const chaosMeshDriver = (context: ClusterContext): Driver => {
  const { target } = context
  const usual = new Map<string, Usual>()
  return {
    name: 'chaos-mesh',
    components: Object.keys(target.components),
    cannot: (fault) => reasonOf(plannedOf(fault, { id: 'f0', lastsMs: 1000 }, context)),
    undoingsOf(fault, id) {
      const planned = mustPlan(fault, { id, lastsMs: 1000 }, context)
      const { kubeconfig, context: inIt } = target
      const { run, leased = [] } = context
      const reached = {
        // Whoever undoes it may stand in another folder.
        ...(kubeconfig !== undefined && { kubeconfig: resolve(kubeconfig) }),
        ...(inIt !== undefined && { context: inIt }),
      }
      const { kind } = planned.manifest
      return [
        { kind: 'delete', object: { ...reached, kind, namespace: target.namespace, name: nameOf(run, id) } },
        ...leased.map((namespace) => ({
          kind: 'delete' as const,
          object: { ...reached, kind: 'Lease' as const, namespace, name: leaseName, holder: run },
        })),
      ]
    },
    async calibrate(fault) {
      const { place } = mustPlan(fault, { id: 'f0', lastsMs: 1000 }, context)
      const found = await orFailure(() =>
        within(context, { withinMs: calibrateWithinMs }, (signal) =>
          persist(context, signal, () => usualOf(fault, place, context)),
        ),
      )
      usual.set(keyOf(fault), found)
    },
    async inject(id, fault, lastsMs) {
      const planned = mustPlan(fault, { id, lastsMs }, context)
      return inject(planned, usual.get(keyOf(fault)) ?? { pods: [] }, context)
    },
    async health() {
      const systems = Object.keys(target.components).filter((name) => parseComponent(name)?.kind === 'system')
      return Object.fromEntries(await Promise.all(systems.map(async (name) => [name, await isWell(name, context)])))
    },
    // Nobody counts calls between pods.
    calls: async () => ({}),
  }
}

const inject = (planned: Planned, usual: Usual, context: ClusterContext): Promise<Injection> => {
  const { fault } = planned
  switch (fault.kind) {
    case 'kill':
      return injectKill(planned, context)
    case 'rolling-restart':
      return injectRollingRestart(planned, fault, context)
    default:
      return injectLasting(planned, usual, context)
  }
}

const keyOf = ({ kind, component }: Fault): string => `${kind} ${component}`

const reasonOf = (planned: Planned | string): string | undefined => (typeof planned === 'string' ? planned : undefined)

const mustPlan = (
  fault: Fault,
  lasting: { readonly id: string; readonly lastsMs: number },
  context: ClusterContext,
): Planned => {
  const planned = plannedOf(fault, lasting, context)
  if (typeof planned !== 'string') return planned
  throw new RangeError(planned)
}

/** As long as platforms wait for a health check. */
const healthTimeoutMs = 1000

const isWell = async (name: string, context: ClusterContext): Promise<boolean> => {
  const place = placeOf(name, context.target)
  if (typeof place === 'string') return false
  const { healthUrl } = place.component
  if (healthUrl !== undefined) return (await context.ask(healthUrl, healthTimeoutMs)).status === 200
  return allReady(name, await podsAt(place, context), 1).holds
}
