import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { chaosMeshDriver } from '../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { Cluster as ClusterReader } from '../../chaos/drivers/chaos-mesh/cluster.ts'
import { takeLease } from '../../chaos/drivers/chaos-mesh/lease.ts'
import { planOf } from '../../chaos/drivers/chaos-mesh/planned.ts'
import { preflight } from '../../chaos/drivers/chaos-mesh/preflight.ts'
import { firstLook } from '../../chaos/experiments/first-look.ts'
import { experiments } from '../../chaos/experiments/registry.ts'
import type { Fault } from '../../model/fault.ts'
import { badClusterSuite } from '../chaos/drivers/chaos-mesh/bad-cluster-suite.ts'
import { rolesOf } from '../chaos/drivers/chaos-mesh/documented-roles.ts'
import { driverSuite } from '../chaos/drivers/chaos-mesh/driver-suite.ts'
import { furnish } from '../chaos/drivers/chaos-mesh/furnish.ts'
import { leaseSuite } from '../chaos/drivers/chaos-mesh/lease-suite.ts'
import { lostEffectSuite } from '../chaos/drivers/chaos-mesh/lost-effect-suite.ts'
import { preflightSuite } from '../chaos/drivers/chaos-mesh/preflight-suite.ts'
import { shop } from '../chaos/drivers/chaos-mesh/shop.ts'
import type { Cluster, StartCluster } from '../chaos-mesh/suite/cluster.ts'
import { asked } from './kube/asked.ts'
import { installDefinitions } from './kube/install.ts'
import { type KubeServer, startKubeServer } from './kube/kube-server.ts'
import { realCluster } from './kube/real-cluster.ts'

vi.setConfig({ testTimeout: 120_000 })

let server: KubeServer
const start: StartCluster = (options) => realCluster(server)(options)

beforeAll(async () => {
  server = await startKubeServer()
  await installDefinitions(server.admin)
})

afterAll(() => server?.close())

describe('the driver on a real API server', () => {
  driverSuite(start)
  lostEffectSuite(start)
  preflightSuite(start)
  leaseSuite(start)
  badClusterSuite(start)
})

describe('every experiment that Chaos Mesh can do', () => {
  const target = shop()
  const planned = [...experiments, firstLook].flatMap(
    (experiment) => planOf(experiment, { run: experiment.name, target }).planned,
  )

  it.each(planned)('is accepted with each field checked: $manifest.metadata.name', async ({ manifest }) => {
    await using cluster = await start()
    await furnish(cluster.connectionOf('admin'))
    await expect(cluster.client.dryRun(manifest)).resolves.toMatchObject({ kind: manifest.kind })
  })
})

/** The rules of RBAC that users are told to apply, for the tester; `without`: a verb that is forgotten. */
const applyRoles = async ({ connectionOf }: Cluster, without?: string): Promise<void> => {
  const admin = connectionOf('admin')
  for (const { kind, metadata, rules, ...rest } of rolesOf().applied) {
    const { namespace, name } = metadata
    const path = `/apis/rbac.authorization.k8s.io/v1${namespace === undefined ? '' : `/namespaces/${namespace}`}/${kind.toLowerCase()}s`
    const fewer = rules?.map((rule) => ({ ...rule, verbs: rule.verbs.filter((verb) => verb !== without) }))
    const body = {
      kind,
      metadata,
      ...JSON.parse(JSON.stringify(rest).replaceAll('tester', 'nobody')),
      ...(fewer && { rules: fewer.filter(({ verbs }) => verbs.length > 0) }),
    }
    await admin.send({ method: 'DELETE', path: `${path}/${name}` })
    await asked(admin, { method: 'POST', path, body })
  }
}

describe('whoever has the rights of the documentation', () => {
  const fault: Fault = { kind: 'latency', component: 'recup', delayMs: 400 }
  const target = shop()

  const scene = async (without?: string) => {
    const cluster = await start()
    await furnish(cluster.connectionOf('admin'))
    await applyRoles(cluster, without)
    const client = cluster.clientOf('nobody')
    const reader = new ClusterReader(cluster.connectionOf('nobody'))
    const { planned } = planOf({ faults: [{ fault, lastsMs: 10_000 }] }, { run: 'r1', target })
    return { cluster, client, reader, planned }
  }

  it('can do all that an experiment needs, from the first look to its end', async () => {
    const { cluster, client, reader, planned } = await scene()
    await using _ = cluster
    cluster.server.play('collaudo-r1-f1', 'd-network-delay')
    await expect(preflight({ target, planned, cluster: reader, client })).resolves.toHaveLength(2)
    const wanted = { namespace: 'shop', holder: 'r1', lastsMs: 60_000, nowUnixMs: Date.now }
    const lease = await takeLease(reader, wanted)
    const ask = async () => ({ durationMs: 1, status: 200, body: '', error: '' })
    const driver = chaosMeshDriver({ run: 'r1', target, client, cluster: reader, clock: cluster.clock, ask })
    await driver.calibrate(fault)
    const injection = await driver.inject('f1', fault, 10_000)
    expect(await injection.prove()).toMatchObject({ holds: true })
    await injection.restore()
    expect(await injection.proveGone()).toMatchObject({ holds: true })
    await lease.release()
  })

  it('is told which one is missing when one of them is forgotten', async () => {
    const { cluster, client, reader, planned } = await scene('delete')
    await using _ = cluster
    await expect(preflight({ target, planned, cluster: reader, client })).rejects.toMatchObject({
      kind: 'refused',
      message: [
        'expected the right to delete networkchaos.chaos-mesh.org in shop, got none',
        'expected the right to delete leases.coordination.k8s.io in shop, got none',
      ].join('\n'),
    })
  })
})
