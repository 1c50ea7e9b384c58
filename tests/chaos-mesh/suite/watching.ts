import { describe, expect, it } from 'vitest'
import { requestOf } from '../fake-api/request-of.ts'
import type { Cluster, StartCluster } from './cluster.ts'

const never = new AbortController().signal

/** Does something so long from now. */
export const later = async ({ clock }: Pick<Cluster, 'clock'>, ms: number, act: () => unknown): Promise<void> => {
  await clock.sleepUntil(clock.nowUnixMs() + ms, never)
  await act()
}

/** Whatever happens to a watch, nothing is missed. */
export const watchingSuite = (startCluster: StartCluster): void => {
  /** Lives through a disturbance: made, injected, ended by its duration of 3 s. */
  const liveThrough = async (disturb: (cluster: Cluster) => unknown): Promise<readonly string[]> => {
    await using cluster = await startCluster()
    const { client, clock } = cluster
    const reference = await clock.during(client.create(requestOf('d-network-delay')))
    const disturbed = disturb(cluster)
    const injection = await clock.during(client.waitForInjected(reference, { withinMs: 60_000 }))
    const end = await clock.during(client.waitForEnd(reference, { withinMs: 60_000, until: 'over' }))
    await clock.during(Promise.resolve(disturbed))
    return [injection.kind, end.kind]
  }

  const both = ['injected', 'recovered']

  describe('a watch', () => {
    it('that is told 410 in its midst begins anew', async () => {
      const kinds = await liveThrough((cluster) => later(cluster, 500, () => cluster.server.forget()))
      expect(kinds).toEqual(both)
    })

    it('that the server ends again and again misses nothing', async () => {
      const kinds = await liveThrough(async (cluster) => {
        for (let times = 0; times < 20; times++) await later(cluster, 100, () => cluster.server.endWatches())
      })
      expect(kinds).toEqual(both)
    })

    it('survives an API server that is away for 30 s', async () => {
      const kinds = await liveThrough(async (cluster) => {
        await later(cluster, 1000, () => cluster.server.stop())
        await later(cluster, 30_000, () => cluster.server.start())
      })
      expect(kinds).toEqual(both)
    })
  })

  describe('every state', () => {
    it('is told in its order, the last one when it is gone', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('d-network-delay')))
      const seen: string[] = []
      const end = new AbortController()
      const following = (async () => {
        for await (const sighting of client.follow(reference, end.signal)) {
          seen.push(sighting.kind)
          if (seen.length === 5) await client.delete(reference)
        }
      })()
      await clock.during(following)
      expect(seen.at(-1)).toBe('gone')
      expect(seen.length).toBeGreaterThan(10)
    })

    it('is not that of another object with the same name', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('d-network-delay')))
      const other = { ...reference, uid: 'another' }
      const end = await clock.during(client.waitForEnd(other, { withinMs: 5000, until: 'over' }))
      expect(end).toEqual({ kind: 'vanished', missing: [] })
    })

    it('ends with the signal of the caller', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
      const signal = AbortSignal.abort()
      const injection = await clock.during(client.waitForInjected(reference, { withinMs: 60_000, signal }))
      expect(injection).toMatchObject({ kind: 'not-injected', reason: 'unreachable' })
    })
  })
}
