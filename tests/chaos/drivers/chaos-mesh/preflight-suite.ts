import { describe, expect, it } from 'vitest'
import { Cluster as ClusterReader } from '../../../../chaos/drivers/chaos-mesh/cluster.ts'
import { takeLease } from '../../../../chaos/drivers/chaos-mesh/lease.ts'
import { planOf } from '../../../../chaos/drivers/chaos-mesh/planned.ts'
import { preflight } from '../../../../chaos/drivers/chaos-mesh/preflight.ts'
import type { ChaosMeshTarget } from '../../../../model/chaos-mesh-target.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { Cluster, StartCluster, Who } from '../../../chaos-mesh/suite/cluster.ts'
import { type Furniture, furnish, startPod } from './furnish.ts'
import { shop } from './shop.ts'

const latency: Fault = { kind: 'latency', component: 'recup', delayMs: 400 }
const partition: Fault = { kind: 'partition', component: 'recup→prescriptions' }
const kill: Fault = { kind: 'kill', component: 'recup' }

/** Looks at a cluster with the eyes of somebody. */
const look = (
  cluster: Cluster,
  fault: Fault,
  { target = shop(), who = 'admin' }: { readonly target?: ChaosMeshTarget; readonly who?: Who } = {},
): Promise<readonly string[]> => {
  const { planned } = planOf({ faults: [{ fault, lastsMs: 10_000 }] }, { run: 'r1', target })
  const client = cluster.clientOf(who)
  const reader = new ClusterReader(cluster.connectionOf(who))
  return cluster.clock.during(preflight({ target, planned, cluster: reader, client }))
}

const furnished = async (start: StartCluster, furniture: Furniture = {}): Promise<Cluster> => {
  const cluster = await start()
  await cluster.clock.during(furnish(cluster.connectionOf('admin'), furniture))
  return cluster
}

interface BadCluster {
  readonly what: string
  readonly furniture: Furniture
  readonly fault: Fault
  readonly target?: ChaosMeshTarget
  readonly kind: 'usage' | 'refused'
  readonly message: RegExp
  readonly hint: RegExp
}

const recup = (more: object) => ({ components: { recup: { labelSelectors: { app: 'web' }, ...more } } })

/** What keeps an experiment from being conducted, each with what is said and what mends it. */
export const badClusters: readonly BadCluster[] = [
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
    what: 'a budget that does not allow it',
    furniture: { disruptionsAllowed: 1 },
    fault: kill,
    kind: 'refused',
    message: /^expected at most 1 pods to be ended, as the PodDisruptionBudget web allows now, got 3 by kill on recup$/,
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

/** What is seen before anything is changed. */
export const preflightSuite = (start: StartCluster): void => {
  describe('a cluster that is well', () => {
    it('is told with the pods that will be hit', async () => {
      await using cluster = await furnished(start)
      expect(await look(cluster, latency)).toEqual(['Chaos Mesh 2.8.3', 'latency on recup: shop/web-0, web-1, web-2'])
      expect(await look(cluster, { kind: 'kill', component: 'recup#2' })).toContain(
        'kill on recup#2: 1 of shop/web-0, web-1, web-2',
      )
    })

    it('is told of a pod that is the only one', async () => {
      await using cluster = await furnished(start)
      await cluster.clock.during(startPod(cluster.connectionOf('admin'), { name: 'alone-0', app: 'alone' }))
      const target = shop({ components: { recup: { labelSelectors: { app: 'alone' } } } })
      expect(await look(cluster, kill, { target })).toContain(
        'kill on recup: shop/alone-0, for which no other pod stands in',
      )
    })

    it('needs no daemon where pods are only killed', async () => {
      await using cluster = await furnished(start, { hasDaemon: false })
      await expect(look(cluster, kill)).resolves.toHaveLength(2)
    })
  })

  describe('whoever may not', () => {
    it('is told every right that is missing, and where they are written', async () => {
      await using cluster = await furnished(start)
      const looking = look(cluster, latency, { who: 'nobody' })
      await expect(looking).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(
          /expected the right to create networkchaos\.chaos-mesh\.org in shop, got none\n/,
        ),
        hint: expect.stringContaining('docs/how-to/kubernetes.md'),
      })
      await expect(looking).rejects.toThrow(/list nodes in the cluster, got none$/)
    })

    it('is told that the credentials have expired', async () => {
      await using cluster = await furnished(start)
      await expect(look(cluster, latency, { who: 'expired' })).rejects.toMatchObject({
        name: 'ChaosMeshError',
        kind: 'unauthorized',
      })
    })
  })

  describe('what another run has left', () => {
    it('keeps the next one from beginning', async () => {
      await using cluster = await furnished(start)
      const { planned } = planOf({ faults: [{ fault: latency, lastsMs: 10_000 }] }, { run: 'r0', target: shop() })
      cluster.server.play('collaudo-r0-f1', 'd-network-delay')
      for (const { manifest } of planned) await cluster.clock.during(cluster.client.create(manifest))
      await expect(look(cluster, latency)).rejects.toMatchObject({
        kind: 'refused',
        message: 'expected no experiment of another run, got NetworkChaos shop/collaudo-r0-f1',
      })
    })
  })

  describe('the lease of a namespace', () => {
    const wanted = (cluster: Cluster, holder: string, lastsMs = 60_000) => ({
      namespace: 'shop',
      holder,
      lastsMs,
      nowUnixMs: () => cluster.clock.nowUnixMs(),
    })

    it('is held by one run at a time, and given back', async () => {
      await using cluster = await furnished(start)
      const reader = new ClusterReader(cluster.connectionOf('admin'))
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const lease = await during(takeLease(reader, wanted(cluster, 'r1')))
      await expect(during(takeLease(reader, wanted(cluster, 'r2')))).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(
          /^expected nobody else to break shop on purpose, got the lease collaudo held by r1 until /,
        ),
      })
      await during(lease.release())
      const next = await during(takeLease(reader, wanted(cluster, 'r2')))
      // Whoever comes late gives nothing back that is another's.
      await during(lease.release())
      await expect(during(takeLease(reader, wanted(cluster, 'r3')))).rejects.toMatchObject({ kind: 'refused' })
      await during(next.release())
    })

    it('is held for as long again by whoever renews it', async () => {
      await using cluster = await furnished(start)
      const reader = new ClusterReader(cluster.connectionOf('admin'))
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const wait = (ms: number) =>
        during(cluster.clock.sleepUntil(cluster.clock.nowUnixMs() + ms, new AbortController().signal))
      const lease = await during(takeLease(reader, wanted(cluster, 'r1', 2000)))
      await wait(1500)
      await during(lease.renew())
      await wait(1500)
      await expect(during(takeLease(reader, wanted(cluster, 'r2')))).rejects.toMatchObject({ kind: 'refused' })
      await during(lease.release())
    })

    it('is taken by the next run when the time of a dead one is over, and by one of two only', async () => {
      await using cluster = await furnished(start)
      const reader = new ClusterReader(cluster.connectionOf('admin'))
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(takeLease(reader, wanted(cluster, 'dead', 1)))
      await during(cluster.clock.sleepUntil(cluster.clock.nowUnixMs() + 1100, new AbortController().signal))
      const both = ['r1', 'r2'].map((holder) => takeLease(reader, wanted(cluster, holder)))
      const ended = await during(Promise.allSettled(both))
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const one of ended) if (one.status === 'fulfilled') await during(one.value.release())
    })
  })
}

/** Clusters on which no experiment may begin. */
export const badClusterSuite = (start: StartCluster): void => {
  it.each(badClusters)('$what is told at once, with what mends it', async ({ furniture, fault, target, ...said }) => {
    await using cluster = await furnished(start, furniture)
    await expect(look(cluster, fault, { ...(target && { target }) })).rejects.toMatchObject({
      name: 'Failure',
      kind: said.kind,
      message: expect.stringMatching(said.message),
      hint: expect.stringMatching(said.hint),
    })
  })

  it('is told with everything that is wrong with it', async () => {
    await using cluster = await furnished(start, { version: 'v2.6.0', hasDaemon: false, hostNetwork: true })
    const looking = look(cluster, latency, { target: shop({ maxPodsRatio: 0.1 }) })
    await expect(looking).rejects.toMatchObject({ kind: 'usage' })
    await expect(looking).rejects.toThrow(/2\.6\.0\n[\s\S]*web-0[\s\S]*node-a[\s\S]*10 %/)
  })
}
