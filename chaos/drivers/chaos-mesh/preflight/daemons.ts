import type { DaemonSet } from '../cluster-objects.ts'
import { isReady } from '../cluster-objects.ts'
import type { Preflight } from '../preflight.ts'
import type { Finding } from './finding.ts'
import type { Hit } from './targets.ts'

const labels = { 'app.kubernetes.io/component': 'chaos-daemon' }

/** Whether a daemon of Chaos Mesh runs on each node whose pods are hit, and speaks with the runtime that is there. Killing pods needs none. */
export const daemonFindings = async (
  { cluster, target: { controllerNamespace: where } }: Preflight,
  hits: readonly Hit[],
): Promise<readonly Finding[]> => {
  const needing = hits.filter(({ planned: { manifest } }) => manifest.kind !== 'PodChaos')
  const names = [...new Set(needing.flatMap(({ pods, peers = [] }) => [...pods, ...peers].map(nodeOf)))]
  if (names.length === 0) return []
  const [daemons, sets, nodes] = await Promise.all([
    cluster.pods(where, labels),
    cluster.daemonSets(where, labels),
    cluster.nodes(),
  ])
  const served = new Set(daemons.filter(isReady).map(nodeOf))
  const runtime = sets[0] && runtimeOf(sets[0])
  return names.flatMap((name): readonly Finding[] => {
    if (!served.has(name)) {
      const message = `expected a chaos-daemon that is ready on the node ${name}, got none`
      return [
        { kind: 'missing', message, hint: `kubectl -n ${where} get pods -o wide: without it nothing recovers there` },
      ]
    }
    const node = nodes.find(({ metadata }) => metadata.name === name)
    const actual = node?.status?.nodeInfo?.containerRuntimeVersion.split(':')[0]
    if (runtime === undefined || actual === undefined || actual === runtime) return []
    const message = `expected a chaos-daemon for ${actual} on the node ${name}, got one for ${runtime}`
    return [
      { kind: 'missing', message, hint: 'set chaosDaemon.runtime and chaosDaemon.socketPath of its installation' },
    ]
  })
}

const nodeOf = ({ spec }: { readonly spec: { readonly nodeName?: string | undefined } }): string => spec.nodeName ?? ''

/** `docker`, `containerd` or `crio`, which a node calls `cri-o`. */
const runtimeOf = ({ spec }: DaemonSet): string | undefined => {
  const { command = [], args = [] } = spec.template.spec.containers[0] ?? {}
  const words = [...command, ...args]
  const at = words.indexOf('--runtime')
  const runtime = at === -1 ? undefined : words[at + 1]
  return runtime === 'crio' ? 'cri-o' : runtime
}
