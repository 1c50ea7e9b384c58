import { describe, expect, it } from 'vitest'
import { requestOf } from '../fake-api/request-of.ts'
import type { Cluster, StartCluster } from './cluster.ts'

/** Makes it and waits for its injection, or for what comes instead. */
export const injected = async ({ client, clock }: Pick<Cluster, 'client' | 'clock'>, name: string) => {
  const reference = await clock.during(client.create(requestOf(name)))
  await clock.during(client.waitForInjected(reference, { withinMs: 4000 }))
  return reference
}

/** Experiments are ended, or it is said what is not. */
export const cleanUpSuite = (startCluster: StartCluster): void => {
  describe('what does not recover', () => {
    it('is named and left alone unless forcing is asked for', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'd-recover-fails')
      const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 4000 }))
      expect(result).toEqual({
        kind: 'stuck',
        sentence: 'shop/web-0/app is Injected (no reason given)',
        missing: [{ id: 'shop/web-0/app', phase: 'Injected' }],
        lastResort:
          'kubectl -n shop patch stresschaos.chaos-mesh.org d-recover-fails --type merge -p \'{"metadata":{"finalizers":null}}\'',
      })
      const { metadata } = await cluster.client.get(reference)
      expect(metadata.annotations?.['chaos-mesh.chaos-mesh.org/cleanFinalizer']).toBeUndefined()
    })

    it('is given up on request, and what was not recovered is said', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'd-recover-fails')
      const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 4000, force: true }))
      expect(result).toEqual({
        kind: 'forced',
        unrecovered: [{ id: 'shop/web-0/app', phase: 'Injected' }],
      })
      expect(await cluster.server.names()).toEqual([])
    })

    it('stays when forcing does not help either, as without a daemon', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'network-no-daemon')
      const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 5000, force: true }))
      expect(result).toMatchObject({
        kind: 'stuck',
        sentence: 'forced, and still there: shop/web-0 is Not Injected/Wait (cannot find daemonIP on node node-a)',
      })
    })

    it('is not what has recovered and is held by somebody’s finalizer', async () => {
      await using cluster = await startCluster()
      cluster.server.misbehave('never-deletes')
      const reference = await injected(cluster, 'pod-failure-delete')
      const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 4000 }))
      expect(result).toMatchObject({
        kind: 'stuck',
        sentence: 'it is recovered; held by chaos-mesh/records',
        missing: [],
      })
    })
  })

  describe('a clean-up', () => {
    it('goes on when the API server has been away', async () => {
      await using cluster = await startCluster()
      const { client, clock, server } = cluster
      const reference = await injected(cluster, 'pod-failure-delete')
      await server.stop()
      const never = new AbortController().signal
      const back = clock.sleepUntil(clock.nowUnixMs() + 5000, never).then(() => server.start())
      const result = await clock.during(client.cleanUp(reference, { withinMs: 60_000 }))
      await back
      expect(result.kind).toBe('recovered')
    })

    it('says that the server is away when it stays so', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'pod-failure-delete')
      await cluster.server.stop()
      const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 4000 }))
      expect(result).toMatchObject({ kind: 'stuck', sentence: 'the API server gave no answer' })
      await cluster.server.start()
    })

    it('may be called again', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'pod-failure-delete')
      const limits = { withinMs: 20_000 }
      const twice = [
        await cluster.clock.during(cluster.client.cleanUp(reference, limits)),
        await cluster.clock.during(cluster.client.cleanUp(reference, limits)),
      ]
      expect(twice.map(({ kind }) => kind)).toEqual(['recovered', 'absent'])
    })

    it('leaves another object alone that has the name now', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'pod-failure-delete')
      const earlier = { ...reference, uid: 'another' }
      const result = await cluster.clock.during(cluster.client.cleanUp(earlier, { withinMs: 20_000 }))
      expect(result.kind).toBe('absent')
      const { metadata } = await cluster.client.get(reference)
      expect(metadata.deletionTimestamp).toBeUndefined()
    })

    it('leaves it alone also when it has got the name since the last look', async () => {
      await using cluster = await startCluster()
      const reference = await injected(cluster, 'pod-failure-delete')
      const deleting = cluster.clock.during(cluster.client.delete({ ...reference, uid: 'another' }))
      await expect(deleting).rejects.toMatchObject({ kind: 'conflict' })
      const { metadata } = await cluster.client.get(reference)
      expect(metadata.deletionTimestamp).toBeUndefined()
    })
  })
}
