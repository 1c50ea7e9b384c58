import { expect, it } from 'vitest'
import type { ChaosMeshTarget } from '../../../../model/chaos-mesh-target.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import type { Furniture } from './furnish.ts'
import { expressions, furnished, look } from './looking.ts'
import { shop } from './shop.ts'

const latency: Fault = { kind: 'latency', component: 'recup', delayMs: 400 }
const partition: Fault = { kind: 'partition', component: 'recup→prescriptions' }
const kill: Fault = { kind: 'kill', component: 'recup' }

interface BadCluster {
  readonly what: string
  readonly furniture: Furniture
  readonly fault: Fault
  readonly beside?: readonly Fault[]
  readonly target?: ChaosMeshTarget
  readonly kind: 'usage' | 'refused'
  readonly message: RegExp
  readonly hint: RegExp
}

const recup = (more: object) => ({ components: { recup: { labelSelectors: { app: 'web' }, ...more } } })

/** The other end of a way is in a namespace of its own. */
const farAway = {
  components: {
    recup: { labelSelectors: { app: 'web' } },
    prescriptions: { labelSelectors: { app: 'db' }, namespace: 'other' },
  },
}

/** What keeps an experiment from being conducted, each with what is said and what mends it. */
const badClusters: readonly BadCluster[] = [
  {
    what: 'no controller of Chaos Mesh',
    furniture: { isInstalled: false },
    fault: latency,
    kind: 'usage',
    message: /^expected the controller of Chaos Mesh in chaos-mesh, got none$/,
    hint: /^install Chaos Mesh/,
  },
  {
    what: 'an old controller',
    furniture: { version: 'v2.7.2' },
    fault: latency,
    kind: 'usage',
    message: /^expected Chaos Mesh 2\.7\.3 or newer, got 2\.7\.2$/,
    hint: /^upgrade Chaos Mesh: .*CVE-2025-59358/,
  },
  {
    what: 'a controller of no version',
    furniture: { version: 'latest' },
    fault: latency,
    kind: 'usage',
    message: /^expected Chaos Mesh 2\.7\.3 or newer, got the image .*:latest$/,
    hint: /^upgrade Chaos Mesh/,
  },
  {
    what: 'a controller that does not run',
    furniture: { controllers: 0 },
    fault: latency,
    kind: 'usage',
    message: /^expected the controller of Chaos Mesh in chaos-mesh to run, got 0 available replicas$/,
    hint: /^kubectl -n chaos-mesh get pods/,
  },
  {
    what: 'a controller for another namespace',
    furniture: { settings: { CLUSTER_SCOPED: 'false', TARGET_NAMESPACE: 'other' } },
    fault: latency,
    kind: 'usage',
    message: /^expected Chaos Mesh to look after shop, got one that looks after other only$/,
    hint: /clusterScoped/,
  },
  {
    what: 'a namespace that the filter passes over',
    furniture: { settings: { ENABLE_FILTER_NAMESPACE: 'true' } },
    fault: latency,
    kind: 'usage',
    message: /^expected the annotation chaos-mesh\.org\/inject=enabled on the namespace shop, .* got none$/,
    hint: /^kubectl annotate namespace shop/,
  },
  {
    what: 'a node without a daemon',
    furniture: { hasDaemon: false },
    fault: latency,
    kind: 'usage',
    message: /^expected a chaos-daemon that is ready on the node node-a, got none$/,
    hint: /nothing recovers/,
  },
  {
    what: 'a daemon for another runtime',
    furniture: { daemonRuntime: 'docker' },
    fault: latency,
    kind: 'usage',
    message: /^expected a chaos-daemon for containerd on the node node-a, got one for docker$/,
    hint: /chaosDaemon\.runtime/,
  },
  {
    what: 'a selector that finds nothing',
    furniture: {},
    fault: latency,
    target: shop(recup({ labelSelectors: { app: 'none' } })),
    kind: 'usage',
    message: /^expected pods of recup with app=none in shop, got none$/,
    hint: /chaosMesh\.components\.recup\.labelSelectors/,
  },
  {
    what: 'a way to nobody',
    furniture: {},
    fault: partition,
    target: shop({
      components: { recup: { labelSelectors: { app: 'web' } }, prescriptions: { labelSelectors: { app: 'none' } } },
    }),
    kind: 'usage',
    message: /^expected pods of prescriptions with app=none in shop, got none$/,
    hint: /chaosMesh\.components\.prescriptions\.labelSelectors/,
  },
  {
    what: 'a selector that finds too much',
    furniture: {},
    fault: latency,
    target: shop({ maxPodsRatio: 0.3 }),
    kind: 'refused',
    message: /^expected at most 30 % of the 7 pods of shop to be hit, got 3$/,
    hint: /maxPodsRatio/,
  },
  {
    what: 'a partition whose two ends are too much',
    furniture: {},
    fault: partition,
    kind: 'refused',
    message: /^expected at most 50 % of the 7 pods of shop to be hit, got 7$/,
    hint: /maxPodsRatio/,
  },
  {
    what: 'a way to pods with the network of their node',
    furniture: { hostNetwork: true },
    fault: { kind: 'latency', component: 'prescriptions→recup', delayMs: 400 },
    target: shop({ maxPodsRatio: 1 }),
    kind: 'refused',
    message: /^expected pods with a network of their own, got web-0, .*\n.*web-1.*\n.*web-2/,
    hint: /the node/,
  },
  {
    what: 'a way to a namespace that the filter passes over',
    furniture: { settings: { ENABLE_FILTER_NAMESPACE: 'true' } },
    fault: partition,
    target: shop(farAway),
    kind: 'usage',
    message: /expected the annotation chaos-mesh\.org\/inject=enabled on the namespace other, /,
    hint: /kubectl annotate namespace other/,
  },
  {
    what: 'a way to a namespace that the controller does not look after',
    furniture: { settings: { CLUSTER_SCOPED: 'false', TARGET_NAMESPACE: 'shop' } },
    fault: partition,
    target: shop(farAway),
    kind: 'usage',
    message: /^expected Chaos Mesh to look after other, got one that looks after shop only\n/,
    hint: /clusterScoped/,
  },
  {
    what: 'a budget that does not allow it',
    furniture: { disruptionsAllowed: 1 },
    fault: kill,
    kind: 'refused',
    message: /^expected at most 1 pods to be ended, as the PodDisruptionBudget web allows now, got 3 by kill on recup$/,
    hint: /recup#1/,
  },
  {
    what: 'a budget that several kills together are too much for',
    furniture: { disruptionsAllowed: 1 },
    fault: { kind: 'kill', component: 'recup#1' },
    beside: [{ kind: 'kill', component: 'recup#2' }],
    kind: 'refused',
    message: /^expected at most 1 pods .*, got 2 by kill on recup#1, kill on recup#2$/,
    hint: /recup#1/,
  },
  {
    what: 'a budget by expressions',
    furniture: { disruptionsAllowed: 1, budgetSelector: { matchExpressions: expressions('In') } },
    fault: kill,
    kind: 'refused',
    message: /PodDisruptionBudget web allows now, got 3 by kill on recup$/,
    hint: /recup#1/,
  },
  {
    what: 'pods with the network of their node',
    furniture: { hostNetwork: true },
    fault: latency,
    kind: 'refused',
    message: /^expected pods with a network of their own, got web-0, .*\n.*web-1.*\n.*web-2/,
    hint: /the node/,
  },
]

/** Clusters on which no experiment may begin. */
export const badClusterSuite = (start: StartCluster): void => {
  it.each(badClusters)(
    '$what is told at once, with what mends it',
    async ({ furniture, fault, beside = [], target, ...said }) => {
      await using cluster = await furnished(start, furniture)
      await expect(look(cluster, fault, { beside, ...(target && { target }) })).rejects.toMatchObject({
        name: 'Failure',
        kind: said.kind,
        message: expect.stringMatching(said.message),
        hint: expect.stringMatching(said.hint),
      })
    },
  )

  it('is told with everything that is wrong with it', async () => {
    await using cluster = await furnished(start, { version: 'v2.6.0', hasDaemon: false, hostNetwork: true })
    const looking = look(cluster, latency, { target: shop({ maxPodsRatio: 0.1 }) })
    await expect(looking).rejects.toMatchObject({ kind: 'usage' })
    await expect(looking).rejects.toThrow(/2\.6\.0\n[\s\S]*web-0[\s\S]*node-a[\s\S]*10 %/)
  })
}
