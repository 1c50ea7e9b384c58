import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { requestOf } from '../fake-api/request-of.ts'
import type { StartCluster } from './cluster.ts'

/** Bytes in use after everything that can be freed is. */
const heapBytes = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** Nothing is left of calls and watches. */
export const connectionSuite = (startCluster: StartCluster): void => {
  describe('1,000 calls', () => {
    it('one after the other leave one socket, which was the only one', async () => {
      await using cluster = await startCluster()
      const { server, client } = cluster
      for (let call = 0; call < 1000; call++) await client.list('PodChaos', { namespace: 'shop' })
      expect(server.sockets()).toEqual({ open: 1, accepted: 1 })
    })

    it('at once open sixteen sockets, and leave at most two', async () => {
      await using cluster = await startCluster()
      const { server, client, clock } = cluster
      const calls = Array.from({ length: 1000 }, () => client.list('PodChaos', { namespace: 'shop' }))
      await Promise.all(calls)
      await clock.during(clock.sleepUntil(clock.nowUnixMs() + 100, new AbortController().signal))
      expect(server.sockets().accepted).toBe(16)
      expect(server.sockets().open).toBeLessThanOrEqual(2)
    })
  })

  describe('200 watches that the server ends', () => {
    it('leave no socket, no listener and no memory', async () => {
      await using cluster = await startCluster({ speed: 20 })
      const { server, client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
      const end = new AbortController()
      const following = (async () => {
        for await (const _ of client.follow(reference, end.signal));
      })()
      /** A watch that has lasted for a second is opened again at once. */
      const restart = async (times: number): Promise<void> => {
        for (let count = 0; count < times; count++) {
          await clock.sleepUntil(clock.nowUnixMs() + 1500, end.signal)
          await server.endWatches()
        }
      }
      // What is compiled and kept once is no leak.
      await clock.during(restart(200))
      const before = { heapBytes: heapBytes(), listeners: getEventListeners(end.signal, 'abort').length }
      await clock.during(restart(200))
      const grownBytes = heapBytes() - before.heapBytes
      expect(getEventListeners(end.signal, 'abort').length).toBeLessThanOrEqual(before.listeners)
      expect(grownBytes).toBeLessThan(500_000)
      expect(server.sockets().open).toBeLessThanOrEqual(2)
      end.abort()
      await clock.during(following)
      expect(getEventListeners(end.signal, 'abort')).toEqual([])
      client.close()
      await clock.during(clock.sleepUntil(clock.nowUnixMs() + 1000, new AbortController().signal))
      expect(server.sockets().open).toBe(0)
    })
  })

  describe('waiting', () => {
    it('leaves no listener at the signal of the caller', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const { signal } = new AbortController()
      const limits = { withinMs: 5000, signal }
      const reference = await clock.during(client.create(requestOf('pod-failure-pause'), limits))
      await clock.during(client.waitForInjected(reference, limits))
      await clock.during(client.pause(reference, limits))
      await clock.during(client.resume(reference, limits))
      await clock.during(client.cleanUp(reference, limits))
      expect(getEventListeners(signal, 'abort')).toEqual([])
    })
  })
}
