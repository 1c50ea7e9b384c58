import { describe, expect, it } from 'vitest'
import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { Cluster } from '../../../../chaos/drivers/chaos-mesh/cluster.ts'
import type { Fault } from '../../../../model/fault.ts'
import { type Answer, answers } from '../../../chaos-mesh/fake-api/answers.ts'
import { startCluster } from '../../../chaos-mesh/fake-api/cluster.ts'
import { driverSuite } from './driver-suite.ts'
import { furnish } from './furnish.ts'
import { lostEffectSuite } from './lost-effect-suite.ts'
import { shop } from './shop.ts'

driverSuite(startCluster)
lostEffectSuite(startCluster)

const latency: Fault = { kind: 'latency', component: 'recup', delayMs: 400 }

/** What has to be known before anything is made. */
const calibrating = async (answer: Answer, times: number) => {
  await using cluster = await startCluster()
  const { api, client, clock } = cluster
  const connection = cluster.connectionOf('admin')
  await furnish(connection)
  const ask = async () => ({ durationMs: 5, status: 200, body: '', error: '' })
  const driver = chaosMeshDriver({ run: 'r1', target: shop(), client, cluster: new Cluster(connection), clock, ask })
  api.refuse(/^GET .*pods/, answer, times)
  await clock.during(driver.calibrate(latency))
}

describe('a look at what is usual', () => {
  it.each([answers.tooBusy, answers.broken])('is taken again after $status', async (answer) => {
    await expect(calibrating(answer, 3)).resolves.toBeUndefined()
  })

  it.each([
    ['an API server that stays away', answers.broken, 'usage'],
    ['rights that are taken away', answers.forbidden, 'refused'],
  ] as const)('tells of %s in words, with what mends it', async (_, answer, kind) => {
    await expect(calibrating(answer, 1000)).rejects.toMatchObject({ name: 'Failure', kind })
  })
})
