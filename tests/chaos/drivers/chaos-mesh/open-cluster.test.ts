import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
import { expect, it, vi } from 'vitest'
import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { openCluster } from '../../../../chaos/drivers/chaos-mesh/open-cluster.ts'
import { undoObject } from '../../../../chaos/drivers/chaos-mesh/undo-object.ts'
import { undoingSchema } from '../../../../chaos/restoring/journal-entry.ts'
import { type Experiment, experimentSchema } from '../../../../model/experiment.ts'
import type { Fault } from '../../../../model/fault.ts'
import { answers } from '../../../chaos-mesh/fake-api/answers.ts'
import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import type { Cluster } from '../../../chaos-mesh/suite/cluster.ts'
import { furnish, startPod } from './furnish.ts'
import { shop } from './shop.ts'

const experimentOf = (change: object = {}): Experiment =>
  experimentSchema.parse({
    name: 'mine',
    summary: 'mine',
    hypothesis: 'nothing happens',
    scenario: 'recup-day',
    from: '10:00',
    phases: { warmUpMs: 0, steadyMs: 1000, faultMs: 1000, recoveryMs: 1000, afterMs: 1000, drainMs: 0 },
    faults: [{ fault: { kind: 'latency', component: 'recup', delayMs: 100 }, lastsMs: 1000 }],
    gates: [{ kind: 'integrity', name: 'integrity', phase: 'steady', limitCount: 0, why: 'assumption' }],
    environments: ['staging'],
    blastRadius: ['recup'],
    ...change,
  })

const leasePath = (namespace: string): string => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/collaudo`

const leaseIn = (cluster: Cluster, namespace: string) =>
  cluster.clock.during(cluster.connectionOf('admin').send({ method: 'GET', path: leasePath(namespace) }))

const statusesOf = async (cluster: Cluster) =>
  Promise.all(['other', 'shop'].map(async (namespace) => (await leaseIn(cluster, namespace)).status))

const scene = async () => {
  const cluster = await startCluster()
  await furnish(cluster.connectionOf('admin'))
  cluster.server.play('collaudo-r1-f1', 'd-network-delay')
  const open = (run: string, experiment = experimentOf(), target = shop()) => {
    const connection = cluster.connectionOf('admin')
    return cluster.clock.during(openCluster({ run, experiment, target, connection, clock: cluster.clock }))
  }
  return { cluster, open, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() }
}

it('a cluster that is open changes nothing before it is held, and is held until it is closed', async () => {
  await using it = await scene()
  const { cluster, open } = it
  const { clock, api } = cluster
  cluster.server.play('collaudo-r2-f1', 'd-network-delay')
  const first = await open('r1')
  const leases = () => api.requests.filter((line) => line.includes('/leases') && !line.startsWith('GET'))
  expect(leases()).toEqual([])
  await clock.during(first.hold())
  const second = await open('r2')
  await clock.during(clock.sleepUntil(clock.nowUnixMs() + 300_000, new AbortController().signal))
  await expect(clock.during(second.hold())).rejects.toMatchObject({ kind: 'refused' })
  await clock.during(first.close())
  await clock.during(second.hold())
  await clock.during(second.close())
  expect(await cluster.server.names()).toEqual([])
})

it('every namespace that is hit is held, all or none of them', async () => {
  await using it = await scene()
  const { cluster, open } = it
  const { clock } = cluster
  cluster.server.play('collaudo-r1-f1', 'd-network-partition')
  await clock.during(startPod(cluster.connectionOf('admin'), { name: 'far-0', app: 'far', namespace: 'other' }))
  const components = {
    recup: { labelSelectors: { app: 'web' } },
    prescriptions: { labelSelectors: { app: 'far' }, namespace: 'other' },
  }
  const fault = { kind: 'partition', component: 'recup→prescriptions' }
  const experiment = experimentOf({ faults: [{ fault, lastsMs: 1000 }] })
  const target = shop({ components, maxPodsRatio: 1 })
  const first = await open('r1', experiment, target)
  const second = await open('r1', experiment, target)
  await clock.during(first.hold())
  expect(await statusesOf(cluster)).toEqual([200, 200])
  await clock.during(first.close())
  expect(await statusesOf(cluster)).toEqual([404, 404])
  cluster.api.refuse(/^POST .*shop\/leases/, answers.nameTaken)
  await expect(clock.during(second.hold())).rejects.toMatchObject({ kind: 'refused' })
  expect(await statusesOf(cluster)).toEqual([404, 404])
  await clock.during(second.close())
})

it('a lease tells the time of the API server, which all runs have in common', async () => {
  await using it = await scene()
  const { cluster, open } = it
  const { clock, api } = cluster
  api.skewMs = 600_000
  const opened = await open('r1')
  await clock.during(opened.hold())
  const { spec } = Object((await leaseIn(cluster, 'shop')).body)
  expect(Math.abs(Date.parse(spec.renewTime) - clock.nowUnixMs() - 600_000)).toBeLessThan(1500)
  await clock.during(opened.close())
})

it('a lease that another run has by now, or that cannot be renewed, is told to be lost', async () => {
  await using it = await scene()
  const { cluster, open } = it
  const { clock, api } = cluster
  const wait = (ms: number) => clock.during(clock.sleepUntil(clock.nowUnixMs() + ms, new AbortController().signal))
  const opened = await open('r1')
  await clock.during(opened.hold())
  await wait(100_000)
  expect(opened.lost()).toBeUndefined()
  const path = leasePath('shop')
  await clock.during(
    cluster.connectionOf('admin').send({ method: 'PATCH', path, body: { spec: { holderIdentity: 'r2' } } }),
  )
  await wait(21_000)
  expect(opened.lost()).toBe('shop is held by r2 now, and no more by this run')
  await clock.during(opened.close())
  expect((await leaseIn(cluster, 'shop')).status).toBe(200)
  await clock.during(cluster.connectionOf('admin').send({ method: 'DELETE', path }))
  const next = await open('r1')
  await clock.during(next.hold())
  await api.stop()
  await wait(61_000)
  expect(next.lost()).toBe('shop could not be held for longer: the API server is away')
  await api.start()
  await clock.during(next.close())
})

it('a gate that nobody can judge is told beforehand', async () => {
  await using it = await scene()
  const gate = { kind: 'amplification', name: 'calls', phase: 'fault', edge: 'recup→prescriptions', limitRatio: 2 }
  const opened = await it.open('r1', experimentOf({ gates: [{ ...gate, why: 'assumption' }] }))
  expect(opened.lines.at(-1)).toBe('the gate calls cannot be judged: nobody counts calls between pods')
  await it.cluster.clock.during(opened.close())
})

it('faults that cannot be made are told before anything is asked', async () => {
  await using it = await scene()
  it.cluster.api.requests.length = 0
  const fault = { kind: 'freeze', component: 'recup' }
  const opening = it.open('r1', experimentOf({ faults: [{ fault, lastsMs: 1000 }], encrypted: ['recup→reports'] }))
  await expect(opening).rejects.toMatchObject({
    kind: 'cannot',
    message: expect.stringMatching(/faults\.0: freeze: .*\n.*encrypted: recup→reports/),
  })
  expect(it.cluster.api.requests).toEqual([])
})

it('what a webhook refuses is told before anything is changed', async () => {
  await using it = await scene()
  it.cluster.api.refuse(/^POST .*dryRun/, answers.webhookRefuses)
  await expect(it.open('r1')).rejects.toMatchObject({
    name: 'Failure',
    kind: 'refused',
    message: expect.stringContaining('denied the request'),
  })
})

it('what is undone by somebody else is on the same cluster, whatever his environment says', async () => {
  await using it = await scene()
  const { cluster } = it
  const folder = mkdtempSync(join(tmpdir(), 'collaudo-kubeconfig-'))
  const files = ['empty', 'config'].map((name) => join(folder, name))
  writeFileSync(join(folder, 'empty'), '{}')
  writeFileSync(join(folder, 'config'), JSON.stringify(cluster.configOf('admin')))
  vi.stubEnv('KUBECONFIG', files.map((file) => relative('.', file)).join(delimiter))
  try {
    const opened = await openCluster({ run: 'r1', experiment: experimentOf(), target: shop() })
    const fault: Fault = { kind: 'latency', component: 'recup', delayMs: 100 }
    const undoings = chaosMeshDriver(opened.context).undoingsOf(fault, 'f1')
    const reached = { kubeconfig: files.join(delimiter), context: 'fake' }
    expect(undoings).toMatchObject([
      { object: { ...reached, kind: 'NetworkChaos', name: 'collaudo-r1-f1' } },
      { object: { ...reached, kind: 'Lease', namespace: 'shop', holder: 'r1' } },
    ])
    await opened.hold()
    expect((await leaseIn(cluster, 'shop')).status).toBe(200)
    vi.stubEnv('KUBECONFIG', 'nowhere')
    for (const undoing of undoingSchema.array().parse(undoings)) {
      if (undoing.kind === 'delete') expect(await undoObject(undoing.object)).toBeUndefined()
    }
    expect((await leaseIn(cluster, 'shop')).status).toBe(404)
    await opened.close()
  } finally {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

it('a fault of which no manifest can be made is told in words, with its field', async () => {
  await using it = await scene()
  const fault = { kind: 'clock-skew', component: 'recup', offsetMs: 9_007_199_254_740_000 }
  await expect(it.open('r1', experimentOf({ faults: [{ fault, lastsMs: 1000 }] }))).rejects.toMatchObject({
    name: 'Failure',
    kind: 'usage',
    message: expect.stringMatching(/spec\.timeOffset: expected a duration .*, got "9007199254740s"/),
  })
})
