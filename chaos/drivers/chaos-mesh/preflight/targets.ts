import type { Cluster } from '../cluster.ts'
import { isRunning, type Pod } from '../cluster-objects.ts'
import { namespacesOf } from '../place.ts'
import type { Planned } from '../planned.ts'
import { endsAt } from '../pods.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'
import { type Strike, struckBy } from './strike.ts'

/** The pods that a fault can hit. */
export interface Hit {
  readonly planned: Planned
  /** All that its selector finds and that run. */
  readonly pods: readonly Pod[]
  /** How many of them are hit at the same time. */
  readonly chosen: number
  /** Pods at the other end of a way whose packets are hit. */
  readonly peers?: readonly Pod[]
}

/** What the selectors find now. */
export const hitsOf = (planned: readonly Planned[], cluster: Cluster): Promise<readonly Hit[]> =>
  Promise.all(
    planned.map(async (one) => {
      const ends = await endsAt(one, { cluster })
      const isOne = one.place.mode.kind === 'one' || one.fault.kind === 'rolling-restart'
      return { planned: one, ...ends, chosen: isOne ? Math.min(1, ends.pods.length) : ends.pods.length }
    }),
  )

/** Selectors that find nothing, and pods hit at the same time beyond the share that was agreed on. */
export const radiusFindings = async (
  { target, cluster }: Preflight,
  hits: readonly Hit[],
): Promise<readonly Finding[]> => {
  const empty = hits.flatMap(({ planned: { place }, pods, peers }) => {
    const { name, component, namespace, peer } = place
    const none = pods.length === 0 ? [nothing(name, component.labelSelectors, namespace)] : []
    if (peer?.kind !== 'pods' || peers?.length !== 0) return none
    return [...none, nothing(peer.name, peer.component.labelSelectors, peer.namespace)]
  })
  const strikes = hits.flatMap(strikesOf)
  const namespaces = [...new Set(hits.flatMap(({ planned: { place } }) => namespacesOf(place)))]
  const shares = await Promise.all(
    namespaces.map(async (namespace) => {
      const all = (await cluster.pods(namespace)).filter(isRunning).length
      return tooMuch(namespace, {
        all,
        hit: struckBy(strikes.filter((strike) => strike.namespace === namespace)),
        limitRatio: target.maxPodsRatio,
      })
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

/** A partition is made at both ends of its way; what only shapes traffic where it leaves. */
const strikesOf = ({
  planned: { fault, place },
  pods,
  chosen,
  peers,
}: Hit): readonly (Strike & { readonly namespace: string })[] => [
  { namespace: place.namespace, pods, chosen },
  ...(fault.kind === 'partition' && place.peer?.kind === 'pods' && peers
    ? [{ namespace: place.peer.namespace, pods: peers, chosen: peers.length }]
    : []),
]

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
