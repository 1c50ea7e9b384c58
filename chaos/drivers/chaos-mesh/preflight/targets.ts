import type { Cluster } from '../cluster.ts'
import { isAlive, type Pod } from '../cluster-objects.ts'
import type { Peer } from '../place.ts'
import type { Planned } from '../planned.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'

/** The pods that a fault can hit. */
export interface Hit {
  readonly planned: Planned
  /** All that its selector finds and that have not ended. */
  readonly pods: readonly Pod[]
  /** How many of them are hit at the same time. */
  readonly chosen: number
  /** Pods at the other end of a way. */
  readonly peers: readonly Pod[] | undefined
}

/** What the selectors find now. */
export const hitsOf = (planned: readonly Planned[], cluster: Cluster): Promise<readonly Hit[]> =>
  Promise.all(
    planned.map(async (one) => {
      const { component, namespace, mode, peer } = one.place
      const pods = (await cluster.pods(namespace, component.labelSelectors)).filter(isAlive)
      const peers =
        peer?.kind === 'pods'
          ? (await cluster.pods(namespaceOf(peer), peer.component.labelSelectors)).filter(isAlive)
          : undefined
      const isOne = mode.kind === 'one' || one.fault.kind === 'rolling-restart'
      return { planned: one, pods, peers, chosen: isOne ? Math.min(1, pods.length) : pods.length }
    }),
  )

type Pods = Extract<Peer, { kind: 'pods' }>

const namespaceOf = ({ targeting }: Pods): string => targeting.selector.namespaces?.[0] ?? ''

/** Selectors that find nothing, and pods hit at the same time beyond the share that was agreed on. */
export const radiusFindings = async (
  { target, cluster }: Preflight,
  hits: readonly Hit[],
): Promise<readonly Finding[]> => {
  const empty = hits.flatMap(({ planned: { place }, pods, peers }) => {
    const { name, component, namespace, peer } = place
    const none = pods.length === 0 ? [nothing(name, component.labelSelectors, namespace)] : []
    if (peer?.kind !== 'pods' || peers?.length !== 0) return none
    return [...none, nothing(peer.name, peer.component.labelSelectors, namespaceOf(peer))]
  })
  const namespaces = [...new Set(hits.map(({ planned: { place } }) => place.namespace))]
  const shares = await Promise.all(
    namespaces.map(async (namespace) => {
      const all = (await cluster.pods(namespace)).filter(isAlive).length
      return tooMuch(namespace, { all, hit: hitIn(namespace, hits), limitRatio: target.maxPodsRatio })
    }),
  )
  return [...empty, ...shares.flat()]
}

const nothing = (name: string, labels: Readonly<Record<string, string>>, namespace: string): Finding => {
  const words = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  return {
    kind: 'missing',
    message: `expected pods of ${name} with ${words} in ${namespace}, got none`,
    hint: `correct chaosMesh.components.${name}.labelSelectors: kubectl -n ${namespace} get pods --show-labels`,
  }
}

/** Faults of one experiment may be there at the same time; a pod that two of them hit is one. */
const hitIn = (namespace: string, hits: readonly Hit[]): number => {
  const inIt = hits.filter(({ planned: { place } }) => place.namespace === namespace)
  const whole = inIt.filter(({ pods, chosen }) => chosen === pods.length)
  const certain = new Set(whole.flatMap(({ pods }) => pods.map(({ metadata }) => metadata.uid)))
  const some = inIt.filter((hit) => !whole.includes(hit)).reduce((sum, { chosen }) => sum + chosen, 0)
  return certain.size + some
}

const tooMuch = (
  namespace: string,
  { all, hit, limitRatio }: { readonly all: number; readonly hit: number; readonly limitRatio: number },
): readonly Finding[] => {
  if (all === 0 || hit / all <= limitRatio) return []
  return [
    {
      kind: 'forbidden',
      message: `expected at most ${Math.round(limitRatio * 100)} % of the ${all} pods of ${namespace} to be hit, got ${hit}`,
      hint: 'narrow the selectors, hit one replica (recup#1), or raise chaosMesh.maxPodsRatio when that was agreed on',
    },
  ]
}
