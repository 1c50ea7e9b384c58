import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { runRecordSchema } from '../../model/run-record.ts'
import { targetSchema } from '../../model/target.ts'
import { leftBehind, processesIn } from '../../qualify/left-behind.ts'
import { furnish } from '../chaos/drivers/chaos-mesh/furnish.ts'
import type { Cluster } from '../chaos-mesh/suite/cluster.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { type Started, startCollaudo } from '../e2e/start-collaudo.ts'
import { installDefinitions } from './kube/install.ts'
import { type KubeServer, startKubeServer } from './kube/kube-server.ts'
import { realCluster } from './kube/real-cluster.ts'

vi.setConfig({ testTimeout: 300_000 })

const env = { COLLAUDO_TWIN_CLIENT_ID: 'collaudo', COLLAUDO_TWIN_CLIENT_SECRET: 'cluster' }

const experiment = {
  name: 'mine',
  summary: 'one replica is slow',
  hypothesis: 'nobody notices',
  scenario: 'recup-day',
  streams: ['web'],
  from: '10:00',
  phases: { warmUpMs: 1000, steadyMs: 3000, faultMs: 8000, recoveryMs: 3000, afterMs: 3000, drainMs: 1000 },
  faults: [{ fault: { kind: 'latency', component: 'recup#1', delayMs: 100 }, lastsMs: 7000 }],
  gates: [{ kind: 'integrity', name: 'integrity', phase: 'steady', limitCount: 0, why: 'nothing is lost' }],
  environments: ['embedded', 'development'],
  blastRadius: ['recup#1'],
}

let server: KubeServer

beforeAll(async () => {
  server = await startKubeServer()
  await installDefinitions(server.admin)
})

afterAll(() => server?.close())

/** Systems that somebody else runs, and a cluster that says where their pods are. */
const scene = async (): Promise<{ readonly cluster: Cluster; readonly twin: Started }> => {
  const cluster = await realCluster(server)()
  await furnish(cluster.connectionOf('admin'))
  cluster.server.play('collaudo-*', 'd-network-delete-midway')
  const twin = startCollaudo(['up', '--port', String(await freePorts())], env)
  await twin.said('Ctrl-C stops it')
  const target = targetSchema.parse(parse(readFileSync(join(twin.dir, 'runs', 'twin.yaml'), 'utf8')))
  const chaosMesh = {
    kubeconfig: 'kubeconfig',
    namespace: 'shop',
    components: { recup: { labelSelectors: { app: 'web' } } },
  }
  writeFileSync(join(twin.dir, 'kubeconfig'), JSON.stringify(cluster.configOf('admin')))
  writeFileSync(join(twin.dir, 'cluster.yaml'), JSON.stringify({ ...target, name: 'cluster', chaosMesh }))
  writeFileSync(join(twin.dir, 'mine.yaml'), JSON.stringify(experiment))
  return { cluster, twin }
}

/** Begins to conduct it where the files are. */
const conduct = ({ dir }: Started): Started =>
  startCollaudo(['chaos', 'mine.yaml', '--target', 'cluster.yaml', '--out', 'run'], env, dir)

const leases = async (): Promise<readonly unknown[]> => {
  const path = '/apis/coordination.k8s.io/v1/namespaces/shop/leases'
  return Object((await server.admin.send({ method: 'GET', path })).body).items
}

test('an experiment is conducted on a cluster to its verdict, and nothing of it is left', async () => {
  const { cluster, twin } = await scene()
  await using _ = cluster
  const { exitCode, stderr, stdout } = await conduct(twin).ended
  expect(stderr).toMatch(/cluster {3}Chaos Mesh 2\.8\.3\n/)
  expect(stderr).toMatch(/cluster {3}latency on recup#1: 1 of shop\/web-0, web-1, web-2\n/)
  expect([exitCode, stdout.split(' ')[0]]).toEqual([0, 'PASS'])
  const record = runRecordSchema.parse(JSON.parse(readFileSync(join(twin.dir, 'run', 'run.json'), 'utf8')))
  expect(record.faults).toMatchObject([
    {
      kind: 'latency',
      component: 'recup#1',
      proof: 'recup#1: 1 of 1 pods hit, as Chaos Mesh reports; its effect is not measured from here',
      lostProof: null,
      goneProof: 'recup#1: 3 of 3 pods ready',
    },
  ])
  expect(record.resilience?.isRestored).toBe(true)
  expect([await cluster.server.names(), await leases()]).toEqual([[], []])
})

/** Conducts it until its fault is there, and kills every process whose command says so. */
const killInMidFault = async (
  { cluster, twin }: Awaited<ReturnType<typeof scene>>,
  isVictim: (command: string) => boolean,
) => {
  const running = conduct(twin)
  await running.said('proven:')
  expect(await cluster.server.names()).toHaveLength(1)
  for (const pid of processesIn(twin.dir)) {
    if (isVictim(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))) process.kill(pid, 'SIGKILL')
  }
  await running.ended
}

test('an experiment that is killed with -9 in the middle of its fault, with whoever watches, is ended by restore', async () => {
  const { cluster, twin } = await scene()
  await using _ = cluster
  await killInMidFault({ cluster, twin }, (command) => command.includes('chaos'))
  const restored = await startCollaudo(['restore'], env, twin.dir).ended
  expect([restored.exitCode, restored.stderr]).toEqual([0, ''])
  expect(restored.stdout).toMatch(/: 1 faults and \d+ processes ended\n$/)
  expect([await cluster.server.names(), await leases()]).toEqual([[], []])
  expect(leftBehind(twin.dir, [])).toMatchObject({ faults: 0 })
})

test('an experiment that is killed with -9 in the middle of its fault is ended by whoever watches', async () => {
  const { cluster, twin } = await scene()
  await using _ = cluster
  await killInMidFault({ cluster, twin }, (command) => / chaos mine\.yaml/.test(command))
  for (let look = 0; look < 300 && (await cluster.server.names()).length > 0; look++) await pause(100)
  expect(await cluster.server.names()).toEqual([])
  for (let look = 0; look < 100 && leftBehind(twin.dir, []).faults > 0; look++) await pause(100)
  expect(leftBehind(twin.dir, [])).toMatchObject({ faults: 0 })
  expect(await leases()).toEqual([])
})
