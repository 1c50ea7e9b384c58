import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { startCluster } from '../fake-api/cluster.ts'
import { requestOf } from '../fake-api/request-of.ts'

/** Bytes in use after everything that can be freed is. */
const heapBytes = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

describe('1,000 calls', () => {
  it('one after the other leave one socket, which was the only one', async () => {
    await using cluster = await startCluster()
    const { api, client } = cluster
    for (let call = 0; call < 1000; call++) await client.list('PodChaos', { namespace: 'shop' })
    expect(api.sockets.size).toBeLessThanOrEqual(2)
    expect(api.accepted).toBe(1)
  })

  it('at once open sixteen sockets, and leave at most two', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const calls = Array.from({ length: 1000 }, () => client.list('PodChaos', { namespace: 'shop' }))
    await Promise.all(calls)
    await clock.during(clock.sleepUntil(clock.nowUnixMs() + 1, new AbortController().signal))
    expect(api.accepted).toBe(16)
    expect(api.sockets.size).toBeLessThanOrEqual(2)
  })
})

describe('200 watches that the server ends', () => {
  it('leave no socket, no listener and no memory', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
    const end = new AbortController()
    const restart = async (times: number): Promise<void> => {
      for (let count = 0; count < times; ) {
        await clock.sleepUntil(clock.nowUnixMs() + 50, end.signal)
        if (api.watches.size === 0) continue
        api.watches.end()
        count++
      }
      api.requests.length = 0
    }
    const following = (async () => {
      for await (const _ of client.follow(reference, end.signal));
    })()
    // What is compiled and kept once is no leak.
    await clock.during(restart(200))
    const before = { heapBytes: heapBytes(), listeners: getEventListeners(end.signal, 'abort').length }
    await clock.during(restart(200))
    const grownBytes = heapBytes() - before.heapBytes
    expect(getEventListeners(end.signal, 'abort').length).toBeLessThanOrEqual(before.listeners)
    expect(grownBytes).toBeLessThan(200_000)
    expect(api.sockets.size).toBeLessThanOrEqual(2)
    end.abort()
    await clock.during(following)
    expect(getEventListeners(end.signal, 'abort')).toEqual([])
    client.close()
    await clock.during(clock.sleepUntil(clock.nowUnixMs() + 1, new AbortController().signal))
    expect(api.sockets.size).toBe(0)
  })
})

describe('50 watches that say nothing', () => {
  it('are closed one by one', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.watches.areSilent = true
    const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
    await clock.during(client.waitForEnd(reference, { withinMs: 250_000, until: 'gone' }))
    expect(api.requests.filter((line) => line.includes('watch=true')).length).toBeGreaterThanOrEqual(49)
    expect(api.watches.size).toBeLessThanOrEqual(1)
    expect(api.sockets.size).toBeLessThanOrEqual(2)
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
