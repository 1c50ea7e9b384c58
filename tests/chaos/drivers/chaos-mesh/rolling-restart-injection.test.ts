import { expect, it } from 'vitest'
import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { Cluster } from '../../../../chaos/drivers/chaos-mesh/cluster.ts'
import type { Fault } from '../../../../model/fault.ts'
import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import { endPod, furnish, startPod } from './furnish.ts'
import { shop } from './shop.ts'

const rolling: Fault = { kind: 'rolling-restart', component: 'recup', everyMs: 5000 }

it('pods end one after the other until it is restored, and each experiment is taken away', async () => {
  await using cluster = await startCluster()
  const { api, client, clock, server } = cluster
  const connection = cluster.connectionOf('admin')
  await furnish(connection)
  server.play('collaudo-r1-f1', 'pod-kill')
  const ask = async () => ({ durationMs: 1, status: 200, body: '', error: '' })
  const driver = chaosMeshDriver({ run: 'r1', target: shop(), client, cluster: new Cluster(connection), clock, ask })
  const pause = (ms: number) => clock.during(clock.sleepUntil(clock.nowUnixMs() + ms, new AbortController().signal))
  const made = () => api.requests.filter((line) => line.startsWith('POST') && line.includes('podchaos')).length
  const injection = await clock.during(driver.inject('f1', rolling, 60_000))
  await pause(1000)
  expect([made(), await server.names()]).toEqual([1, []])
  expect(await clock.during(injection.prove())).toEqual({ holds: false, sentence: 'recup: 0 of 3 pods ended' })
  await endPod(connection, 'web-0')
  await startPod(connection, { name: 'web-0', app: 'web' })
  expect(await clock.during(injection.prove())).toEqual({ holds: true, sentence: 'recup: 1 of 3 pods ended' })
  await pause(16_000)
  const before = made()
  expect(before).toBeGreaterThanOrEqual(3)
  await clock.during(injection.restore())
  await pause(30_000)
  expect([made(), await server.names()]).toEqual([before, []])
  expect(await clock.during(injection.proveGone())).toMatchObject({ holds: true })
})
