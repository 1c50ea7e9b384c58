import { describe, expect, it } from 'vitest'
import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import type { ExperimentKind } from '../../../../chaos-mesh/kinds.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { Cluster, StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import { lastsMs, latency, withDriver } from './driver-scene.ts'
import { endPod, restartContainer, startPod } from './furnish.ts'
import { shop } from './shop.ts'

/** Somebody else ends it, by force where it does not recover. */
const giveUp = async ({ client, clock, server }: Cluster, kind: ExperimentKind): Promise<void> => {
  const { metadata } = await client.get({ kind, namespace: 'shop', name: 'collaudo-r1-f1' })
  await clock.during(client.cleanUp({ ...metadata, kind }, { withinMs: 4000, force: true }))
  expect(await server.names()).toEqual([])
}

/** What was made, and is not there any more without having been ended by us. */
export const lostEffectSuite = (start: StartCluster): void => {
  describe('what pods have lost', () => {
    it('is told without effect when a pod has been made anew, also under its old name', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver, connection, answer } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(latency))
      const injection = await during(driver.inject('f1', latency, lastsMs))
      answer.now = { ...answer.now, durationMs: 805 }
      await during(endPod(connection, 'web-1').then(() => startPod(connection, { name: 'web-1', app: 'web' })))
      expect(await during(injection.prove())).toEqual({
        holds: false,
        sentence: 'recup: 2 of 3 pods hit; not hit: shop/web-1',
      })
      await during(injection.restore())
    })

    it('is told without effect when a pod at the other end of a way has been made anew', async () => {
      await using scene = await withDriver(start, 'd-network-partition')
      const { cluster, connection, context } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      // As it was recorded: from web-0 to the others.
      await during(endPod(connection, 'web-0').then(() => startPod(connection, { name: 'web-0', app: 'front' })))
      const components = {
        recup: { labelSelectors: { app: 'front' } },
        prescriptions: { labelSelectors: { app: 'web' } },
      }
      const driver = chaosMeshDriver({ ...context, target: shop({ components }) })
      const partition: Fault = { kind: 'partition', component: 'recup→prescriptions' }
      await during(driver.calibrate(partition))
      const injection = await during(driver.inject('f1', partition, lastsMs))
      expect(await during(injection.prove())).toEqual({
        holds: true,
        sentence:
          'recup→prescriptions: 1 of 1 pods hit, 2 of 2 at the other end, as Chaos Mesh reports; its effect is not measured from here',
      })
      await during(endPod(connection, 'web-2').then(() => startPod(connection, { name: 'web-2', app: 'web' })))
      expect(await during(injection.prove())).toEqual({
        holds: false,
        sentence: 'recup→prescriptions: 1 of 1 pods hit, 1 of 2 at the other end; not hit: shop/web-2',
      })
      await during(injection.restore())
    })

    it('is told without effect when the container that it was made in has been started again', async () => {
      await using scene = await withDriver(start, 'd-recover-fails')
      const { cluster, connection, driver } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const fault: Fault = { kind: 'memory-pressure', component: 'recup#1', sizeBytes: 1_000_000 }
      await during(driver.calibrate(fault))
      const injection = await during(driver.inject('f1', fault, lastsMs))
      expect(await during(injection.prove())).toMatchObject({ holds: true })
      await during(restartContainer(connection, 'web-0'))
      expect(await during(injection.prove())).toEqual({
        holds: false,
        sentence: 'recup#1: 0 of 1 pods hit; not hit: shop/web-0, shop/web-1, shop/web-2',
      })
    })
  })

  describe('an experiment that somebody else has ended', () => {
    it('that somebody has given up is never called ended, however often it is tried', async () => {
      await using scene = await withDriver(start, 'd-recover-fails')
      const { cluster, driver } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const fault: Fault = { kind: 'memory-pressure', component: 'recup', sizeBytes: 1_000_000 }
      await during(driver.calibrate(fault))
      const injection = await during(driver.inject('f1', fault, lastsMs))
      await giveUp(cluster, 'StressChaos')
      const sentence = 'StressChaos shop/collaudo-r1-f1 is gone, and its recovery was not seen: make its pods anew'
      await expect(during(injection.restore())).rejects.toThrow(sentence)
      await expect(during(injection.restore())).rejects.toThrow(sentence)
    })

    it('that is gone unseen is ended only when its effect is measured gone', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver, answer } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(latency))
      const injection = await during(driver.inject('f1', latency, lastsMs))
      await giveUp(cluster, 'NetworkChaos')
      answer.now = { ...answer.now, durationMs: 805 }
      await expect(during(injection.restore())).rejects.toThrow(/ is gone, and its recovery was not seen/)
      answer.now = { ...answer.now, durationMs: 6 }
      await expect(during(injection.restore())).resolves.toEqual(expect.any(Number))
    })
  })
}
