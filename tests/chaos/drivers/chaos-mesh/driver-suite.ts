import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { undoObject } from '../../../../chaos/drivers/chaos-mesh/undo-object.ts'
import { undoingSchema } from '../../../../chaos/restoring/journal-entry.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import { kill, lastsMs, latency, reaching, withDriver } from './driver-scene.ts'
import { endPod, startPod } from './furnish.ts'

/** What every driver does, done by experiments of Chaos Mesh. */
export const driverSuite = (start: StartCluster): void => {
  describe('a fault that lasts', () => {
    it('is proven by its records and by what is measured, ended, and gone', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver, answer } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(latency))
      const injection = await during(driver.inject('f1', latency, lastsMs))
      expect(await during(injection.prove())).toEqual({
        holds: false,
        sentence: 'recup: 3 of 3 pods hit; status 200 after 5.0 ms, before it status 200 after 5.0 ms',
      })
      answer.now = { ...answer.now, durationMs: 805 }
      expect(await during(injection.prove())).toMatchObject({ holds: true })
      answer.now = { ...answer.now, durationMs: 6 }
      await during(injection.restore())
      expect(await during(injection.proveGone())).toEqual({
        holds: true,
        sentence: 'recup: 3 of 3 pods ready; status 200 after 6.0 ms',
      })
      // Whoever ends it once more does no harm.
      await during(injection.restore())
      expect(await cluster.server.names()).toEqual([])
    })

    it.each([
      ['an ingress that says 504', { status: 504 }],
      ['a connection that is refused', { status: 0, error: 'ECONNREFUSED' }],
      ['silence', { status: 0, error: 'timeout' }],
    ])('that cuts off is proven by %s', async (_, cut) => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver, answer } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const partition: Fault = { kind: 'partition', component: 'recup' }
      await during(driver.calibrate(partition))
      const injection = await during(driver.inject('f1', partition, lastsMs))
      expect(await during(injection.prove())).toMatchObject({ holds: false })
      answer.now = { ...answer.now, ...cut }
      expect(await during(injection.prove())).toMatchObject({ holds: true })
      await during(injection.restore())
    })

    it('says what it is and whose, and has an end of its own', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver } = scene
      await cluster.clock.during(driver.calibrate(latency))
      await cluster.clock.during(driver.inject('f1', latency, lastsMs))
      const [made] = await cluster.client.list('NetworkChaos', { namespace: 'shop', labelSelector: 'collaudo/run=r1' })
      expect(made?.metadata).toMatchObject({
        name: 'collaudo-r1-f1',
        labels: { 'app.kubernetes.io/managed-by': 'collaudo', 'collaudo/run': 'r1' },
      })
      expect(made?.spec['duration']).toEqual(expect.any(String))
    })

    it('that is never injected is an injection that proves nothing, and is ended', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver } = scene
      cluster.server.misbehave('never-injects')
      await cluster.clock.during(driver.calibrate(latency))
      const injection = await cluster.clock.during(driver.inject('f1', latency, lastsMs))
      expect(await cluster.clock.during(injection.prove())).toEqual({ holds: false, sentence: 'it is selecting' })
    })

    it('that is stuck is told with its last resort, and stays in the journal', async () => {
      await using scene = await withDriver(start, 'd-recover-fails')
      const { cluster, driver } = scene
      const fault: Fault = { kind: 'memory-pressure', component: 'recup', sizeBytes: 1_000_000 }
      await cluster.clock.during(driver.calibrate(fault))
      const injection = await cluster.clock.during(driver.inject('f1', fault, lastsMs))
      await expect(cluster.clock.during(injection.restore())).rejects.toThrow(
        /^StressChaos shop\/collaudo-r1-f1: shop\/web-0\/app is Injected .*; last resort: kubectl -n shop patch stresschaos/,
      )
      expect(await cluster.clock.during(injection.proveGone())).toEqual({
        holds: false,
        sentence: expect.stringMatching(
          /^StressChaos shop\/collaudo-r1-f1 is still there: it is recovering; shop\/web-0\/app is Injected /,
        ),
      })
    }, 120_000)

    it('is told to have ended between when that was asked for and when it was seen', async () => {
      await using scene = await withDriver(start, 'd-network-delete-midway')
      const { cluster, driver } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(latency))
      const injection = await during(driver.inject('f1', latency, lastsMs))
      const askedUnixMs = cluster.clock.nowUnixMs()
      const restoredUnixMs = await during(injection.restore())
      expect(restoredUnixMs).toBeGreaterThanOrEqual(askedUnixMs)
      expect(restoredUnixMs).toBeLessThanOrEqual(cluster.clock.nowUnixMs())
    })

    it('whose making was not answered is ended by its name', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver } = scene
      await cluster.clock.during(driver.calibrate(latency))
      cluster.server.loseAnswer()
      const injection = await cluster.clock.during(driver.inject('f1', latency, lastsMs))
      await cluster.clock.during(injection.restore())
      expect(await cluster.server.names()).toEqual([])
    })

    it('is not made where the health check answers nothing before it', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver, answer } = scene
      answer.now = { durationMs: 1, status: 0, body: '', error: 'ECONNREFUSED' }
      await cluster.clock.during(driver.calibrate(latency))
      await expect(cluster.clock.during(driver.inject('f1', latency, lastsMs))).rejects.toThrow(
        /expected http.* to answer/,
      )
      expect(await cluster.server.names()).toEqual([])
    })
  })

  describe('what a journal tells', () => {
    it('is enough for somebody else to end it, also a second time', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, context } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const driver = chaosMeshDriver({
        ...context,
        target: { ...context.target, kubeconfig: 'config', context: 'test' },
      })
      const [undoing] = undoingSchema.array().parse(JSON.parse(JSON.stringify(driver.undoingsOf(latency, 'f1'))))
      if (undoing?.kind !== 'delete') throw new Error('expected something to delete')
      expect(undoing.object).toEqual({
        kind: 'NetworkChaos',
        namespace: 'shop',
        name: 'collaudo-r1-f1',
        kubeconfig: resolve('config'),
        context: 'test',
      })
      expect(await during(undoObject(undoing.object, reaching(cluster)))).toBeUndefined()
      await during(driver.calibrate(latency))
      await during(driver.inject('f1', latency, lastsMs))
      expect(await cluster.server.names()).toEqual(['collaudo-r1-f1'])
      expect(await during(undoObject(undoing.object, reaching(cluster)))).toBeUndefined()
      expect(await cluster.server.names()).toEqual([])
      expect(await during(undoObject(undoing.object, reaching(cluster)))).toBeUndefined()
    })

    it('is ended also when the API server is away for 30 s', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, context, driver } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(latency))
      await during(driver.inject('f1', latency, lastsMs))
      const object = { kind: 'NetworkChaos', namespace: 'shop', name: 'collaudo-r1-f1' } as const
      await cluster.server.stop()
      const back = cluster.clock
        .sleepUntil(context.clock.nowUnixMs() + 30_000, new AbortController().signal)
        .then(() => cluster.server.start())
      expect(await during(undoObject(object, reaching(cluster)))).toBeUndefined()
      await back
      expect(await cluster.server.names()).toEqual([])
    })

    it('says what is in the way: no kubeconfig, no rights', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(latency))
      await during(driver.inject('f1', latency, lastsMs))
      const object = { kind: 'NetworkChaos', namespace: 'shop', name: 'collaudo-r1-f1' } as const
      expect(await undoObject({ ...object, kubeconfig: 'nowhere' })).toMatch(/^expected a kubeconfig in nowhere/)
      expect(await during(undoObject(object, reaching(cluster, 'nobody')))).toMatch(/ forbidden/)
    })
  })

  describe('pods that are killed', () => {
    it('are proven ended, and awaited until others stand in', async () => {
      await using scene = await withDriver(start, 'pod-kill-duration')
      const { cluster, driver, connection } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(kill))
      const injection = await during(driver.inject('f1', kill, lastsMs))
      expect(await during(injection.prove())).toEqual({ holds: false, sentence: 'recup: 0 of 3 pods ended' })
      for (const name of ['web-0', 'web-1', 'web-2']) await during(endPod(connection, name))
      expect(await during(injection.prove())).toEqual({ holds: true, sentence: 'recup: 3 of 3 pods ended' })
      expect(await during(injection.proveGone())).toMatchObject({ holds: false })
      for (const name of ['web-3', 'web-4', 'web-5']) await during(startPod(connection, { name, app: 'web' }))
      expect(await during(injection.restore())).toEqual(await injection.over)
      expect(await during(injection.proveGone())).toEqual({ holds: true, sentence: 'recup: 3 of 3 pods ready' })
      expect(await cluster.server.names()).toEqual([])
      for (const name of ['web-3', 'web-4', 'web-5']) await during(endPod(connection, name))
    })
  })

  describe('a kill that Chaos Mesh does not do', () => {
    it('is an injection that proves nothing, and nobody waits for other pods', async () => {
      await using scene = await withDriver(start, 'container-kill-no-daemon')
      const { cluster, driver } = scene
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(driver.calibrate(kill))
      const injection = await during(driver.inject('f1', kill, lastsMs))
      expect(injection.over).toBeUndefined()
      expect(await during(injection.prove())).toEqual({ holds: false, sentence: 'recup: 0 of 3 pods ended' })
      await during(injection.restore())
      expect(await during(injection.proveGone())).toMatchObject({ holds: true })
      expect(await cluster.server.names()).toEqual([])
    })
  })

  describe('health', () => {
    it('is told by the health check, or by the pods', async () => {
      await using scene = await withDriver(start, 'd-network-delay')
      const { cluster, driver, answer } = scene
      expect(await cluster.clock.during(driver.health())).toEqual({ recup: true, prescriptions: true })
      answer.now = { ...answer.now, status: 503 }
      expect(await cluster.clock.during(driver.health())).toEqual({ recup: false, prescriptions: true })
    })
  })
}
