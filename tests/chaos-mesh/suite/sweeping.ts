import { describe, expect, it } from 'vitest'
import { requestOf } from '../fake-api/request-of.ts'
import type { Cluster, StartCluster } from './cluster.ts'

const labels = { 'app.kubernetes.io/managed-by': 'tester', run: '7' }
const limits = { labels, withinMs: 6000 }

const injected = async ({ client, clock }: Cluster, name: string, its: Readonly<Record<string, string>>) => {
  const reference = await clock.during(client.create(requestOf(name, its)))
  await clock.during(client.waitForInjected(reference, { withinMs: 4000 }))
}

/** Everything of one's own is ended by its labels. */
export const sweepSuite = (startCluster: StartCluster): void => {
  describe('a sweep', () => {
    it('ends everything that has the labels, of each kind, and nothing else', async () => {
      await using cluster = await startCluster()
      await injected(cluster, 'pod-failure-delete', labels)
      await injected(cluster, 'd-network-delete-midway', labels)
      await injected(cluster, 'd-partial', { ...labels, run: '8' })
      const { cleaned, notInstalled } = await cluster.clock.during(cluster.client.sweep(limits))
      expect(cleaned.map(({ reference, result }) => [reference.name, result.kind])).toEqual([
        ['pod-failure-delete', 'recovered'],
        ['d-network-delete-midway', 'recovered'],
      ])
      expect(notInstalled).toEqual([])
      expect(await cluster.server.names()).toEqual(['d-partial'])
    })

    it('says of each what does not recover, and ends the others', async () => {
      await using cluster = await startCluster()
      await injected(cluster, 'd-recover-fails', labels)
      await injected(cluster, 'pod-failure-delete', labels)
      const { cleaned } = await cluster.clock.during(cluster.client.sweep({ ...limits, namespaces: ['shop'] }))
      expect(cleaned.map(({ reference, result }) => [reference.name, result.kind])).toEqual([
        ['pod-failure-delete', 'recovered'],
        ['d-recover-fails', 'stuck'],
      ])
    })

    it('is refused without labels: that would be everybody’s', async () => {
      await using cluster = await startCluster()
      await expect(cluster.client.sweep({ ...limits, labels: {} })).rejects.toMatchObject({ kind: 'unsafe' })
    })
  })
}
