import type { Driver, Injection } from '../../../../chaos/driver.ts'
import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import type { ClusterContext } from '../../../../chaos/drivers/chaos-mesh/context.ts'
import type { Probed } from '../../../../chaos/drivers/links/probe.ts'
import { recordsOf } from '../../../../chaos-mesh/status/observed.ts'
import type { Fault, FaultKind } from '../../../../model/fault.ts'
import type { Cluster, StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import { withDriver } from './driver-scene.ts'
import { replacingPods } from './replacing-pods.ts'
import { shop } from './shop.ts'

/** How an experiment for each kind of fault lives. Records look the same in all kinds of experiments; only one of IOChaos was made, in one pod. */
const recordings: Readonly<Partial<Record<FaultKind, string>>> = {
  latency: 'd-network-delay',
  partition: 'd-network-partition',
  bandwidth: 'd-network-delete-midway',
  'dns-failure': 'd-partial',
  kill: 'pod-kill-duration',
  'rolling-restart': 'pod-kill',
  'cpu-pressure': 'd-partial',
  'memory-pressure': 'd-partial',
  'clock-skew': 'd-time-offset',
  'read-only-storage': 'd-io-latency',
  'disk-full': 'd-io-latency',
  'slow-storage': 'd-io-latency',
}

const healthUrls: Readonly<Record<string, string>> = {
  recup: 'http://192.0.2.1/health',
  prescriptions: 'http://192.0.2.2/health',
}

/** All that were recorded are of the pods with `app=web`. */
const target = shop({
  components: {
    recup: { labelSelectors: { app: 'web' }, container: 'app', healthUrl: healthUrls['recup'] },
    prescriptions: {
      labelSelectors: { app: 'web' },
      dnsNames: ['prescriptions'],
      healthUrl: healthUrls['prescriptions'],
    },
    identity: { labelSelectors: { app: 'db' } },
    'recup.store': { labelSelectors: { 'statefulset.kubernetes.io/pod-name': 'web-1' }, volumePath: '/data' },
  },
})

/** What whoever asks from outside sees of a fault. */
const effects: Readonly<Partial<Record<FaultKind, Partial<Probed>>>> = {
  latency: { durationMs: 805 },
  partition: { status: 0, body: '', error: 'timeout', durationMs: 1500 },
}

/** A driver on a cluster whose systems and pods bear what the records of its experiments tell, and as long as they do. */
export const conformanceScene = async (start: StartCluster) => {
  const scene = await withDriver(start, 'd-network-delay')
  const { cluster, connection, answer } = scene
  const made = new Map<string, Fault>()
  const ask: ClusterContext['ask'] = async (url) => {
    const fault = await hitting(url, made, cluster)
    return { ...answer.now, ...(fault && effects[fault.kind]) }
  }
  const replacing = replacingPods(cluster, connection)
  return {
    cluster,
    driver: inItsTime(chaosMeshDriver({ ...scene.context, target, ask }), made, cluster),
    async [Symbol.asyncDispose]() {
      await replacing.stop()
      await scene[Symbol.asyncDispose]()
    },
  }
}

/** The fault in whose way a health check is now. */
const hitting = async (
  url: string,
  made: ReadonlyMap<string, Fault>,
  { client }: Cluster,
): Promise<Fault | undefined> => {
  const experiments = await client.list('NetworkChaos', { namespace: 'shop' })
  return experiments
    .filter((one) => recordsOf(one).some(({ phase }) => phase.startsWith('Injected')))
    .flatMap(({ metadata }) => made.get(metadata.name) ?? [])
    .find(({ component }) => healthUrls[component.replace('clients→', '')] === url)
}

/** The same driver, for whose work time passes. */
const inItsTime = (driver: Driver, made: Map<string, Fault>, { clock, server }: Cluster): Driver => ({
  ...driver,
  calibrate: (fault) => clock.during(driver.calibrate(fault)),
  async inject(id, fault, lastsMs) {
    const name = `collaudo-r1-${id}`
    made.set(name, fault)
    server.play(name, recordings[fault.kind] ?? '')
    const injection = await clock.during(driver.inject(id, fault, lastsMs))
    return injectionInItsTime(injection, clock)
  },
  health: () => clock.during(driver.health()),
})

const injectionInItsTime = (injection: Injection, clock: Cluster['clock']): Injection => ({
  ...injection,
  prove: () => clock.during(injection.prove()),
  restore: () => clock.during(injection.restore()),
  proveGone: () => clock.during(injection.proveGone()),
})
