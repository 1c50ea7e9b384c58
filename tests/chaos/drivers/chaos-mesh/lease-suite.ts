import { describe, expect, it } from 'vitest'
import { Cluster as ClusterReader } from '../../../../chaos/drivers/chaos-mesh/cluster.ts'
import { takeLease } from '../../../../chaos/drivers/chaos-mesh/lease.ts'
import type { Cluster, StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import { furnished } from './looking.ts'

/** One run at a time breaks a namespace. */
export const leaseSuite = (start: StartCluster): void => {
  describe('the lease of a namespace', () => {
    const wanted = (cluster: Cluster, holder: string, lastsMs = 60_000) => ({
      namespace: 'shop',
      holder,
      lastsMs,
      nowUnixMs: () => cluster.clock.nowUnixMs(),
    })

    it('is held by one run at a time, and given back', async () => {
      await using cluster = await furnished(start)
      const reader = new ClusterReader(cluster.connectionOf('admin'))
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const lease = await during(takeLease(reader, wanted(cluster, 'r1')))
      await expect(during(takeLease(reader, wanted(cluster, 'r2')))).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(
          /^expected nobody else to break shop on purpose, got the lease collaudo held by r1 until /,
        ),
      })
      await during(lease.release())
      const next = await during(takeLease(reader, wanted(cluster, 'r2')))
      // Whoever comes late gives nothing back that is another's.
      await during(lease.release())
      await expect(during(takeLease(reader, wanted(cluster, 'r3')))).rejects.toMatchObject({ kind: 'refused' })
      await during(next.release())
    })

    it('is held for as long again by whoever renews it', async () => {
      await using cluster = await furnished(start)
      const reader = new ClusterReader(cluster.connectionOf('admin'))
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      const wait = (ms: number) =>
        during(cluster.clock.sleepUntil(cluster.clock.nowUnixMs() + ms, new AbortController().signal))
      const lease = await during(takeLease(reader, wanted(cluster, 'r1', 2000)))
      await wait(1500)
      await during(lease.renew())
      await wait(1500)
      await expect(during(takeLease(reader, wanted(cluster, 'r2')))).rejects.toMatchObject({ kind: 'refused' })
      await during(lease.release())
    })

    it('is taken by the next run when the time of a dead one is over, and by one of two only', async () => {
      await using cluster = await furnished(start)
      const reader = new ClusterReader(cluster.connectionOf('admin'))
      const during = <T>(work: Promise<T>) => cluster.clock.during(work)
      await during(takeLease(reader, wanted(cluster, 'dead', 1)))
      await during(cluster.clock.sleepUntil(cluster.clock.nowUnixMs() + 1100, new AbortController().signal))
      const both = ['r1', 'r2'].map((holder) => takeLease(reader, wanted(cluster, holder)))
      const ended = await during(Promise.allSettled(both))
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const one of ended) if (one.status === 'fulfilled') await during(one.value.release())
    })
  })
}
