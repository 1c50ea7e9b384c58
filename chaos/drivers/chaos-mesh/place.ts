import type { Mode, Targeting } from '../../../chaos-mesh/builders/targeting.ts'
import type { Selector } from '../../../chaos-mesh/schemas/selector.ts'
import type { ChaosMeshTarget, ClusterComponent } from '../../../model/chaos-mesh-target.ts'
import { parseComponent } from '../../../model/component.ts'

/** Where a fault hits: pods of one component, and for a way whom they speak with. */
export interface Place extends Targeting {
  /** As it is named in the target. */
  readonly name: string
  readonly component: ClusterComponent
  readonly namespace: string
  readonly peer?: Peer
}

/** The other end of a way: pods, or addresses outside the cluster. */
export type Peer =
  | {
      readonly kind: 'pods'
      readonly component: ClusterComponent
      readonly name: string
      readonly namespace: string
      readonly targeting: Targeting
    }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }

/** Where a component is on the cluster; a sentence when the target does not say so. */
export const placeOf = (component: string, target: ChaosMeshTarget): Place | string => {
  const parsed = parseComponent(component)
  switch (parsed?.kind) {
    case 'system':
    case 'store':
    case 'queue':
      return podsOf(component, { kind: 'all' }, target)
    case 'replica':
      return podsOf(parsed.system, { kind: 'one' }, target)
    case 'edge':
      return wayOf(parsed.from, parsed.to, target)
    case undefined:
      return `expected a component, got ${component}`
  }
}

const podsOf = (name: string, mode: Mode, target: ChaosMeshTarget): Place | string => {
  const component = target.components[name]
  if (component === undefined) {
    return `expected a component of ${Object.keys(target.components).join(', ')} in chaosMesh.components, got ${name}`
  }
  const namespace = component.namespace ?? target.namespace
  return { name, component, namespace, mode, selector: selectorOf(component, namespace) }
}

/** Packets of a way from another system are caught where they leave that one; those of a way from outside where the answers leave. */
const wayOf = (from: string, to: string, target: ChaosMeshTarget): Place | string => {
  const all = { kind: 'all' } as const
  const far = podsOf(to, all, target)
  if (typeof far === 'string') return far
  if (from === 'clients') {
    if (target.clients) return { ...far, peer: { kind: 'addresses', addresses: target.clients.addresses } }
    return `expected chaosMesh.clients.addresses, where the clients of clients→${to} come from, got none`
  }
  const near = podsOf(from, all, target)
  if (typeof near === 'string') return near
  const { component, name, namespace, selector, mode } = far
  return { ...near, peer: { kind: 'pods', component, name, namespace, targeting: { selector, mode } } }
}

/** Only pods that run: of the others nothing is known beforehand, not even their node. */
const selectorOf = ({ labelSelectors }: ClusterComponent, namespace: string): Selector => ({
  namespaces: [namespace],
  labelSelectors,
  podPhaseSelectors: ['Running'],
})

/** Every namespace that a fault hits pods in, at either end of a way. */
export const namespacesOf = ({ namespace, peer }: Place): readonly string[] => [
  namespace,
  ...(peer?.kind === 'pods' ? [peer.namespace] : []),
]
