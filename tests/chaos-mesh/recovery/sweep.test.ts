import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answers } from '../fake-api/answers.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { type Json, recording } from '../fake-api/recording.ts'
import { requestOf } from '../fake-api/request-of.ts'
import { sweepSuite } from '../suite/sweeping.ts'

sweepSuite(startCluster)

type Cluster = Awaited<ReturnType<typeof startCluster>>

const labels = { 'app.kubernetes.io/managed-by': 'tester', run: '7' }
const limits = { labels, withinMs: 20_000 }
const child: Json = JSON.parse(readFileSync(new URL('../recordings/schedule/child.json', import.meta.url), 'utf8'))

const injected = async ({ client, clock }: Cluster, name: string, its: Readonly<Record<string, string>>) => {
  const reference = await clock.during(client.create(requestOf(name, its)))
  await clock.during(client.waitForInjected(reference, { withinMs: 4000 }))
}

describe('a sweep', () => {
  it('passes over kinds that are not installed', async () => {
    await using cluster = await startCluster()
    await injected(cluster, 'pod-failure-delete', labels)
    cluster.api.refuse(/^GET .*dnschaos/, answers.noSuchKind)
    const { cleaned, notInstalled } = await cluster.clock.during(cluster.client.sweep(limits))
    expect(cleaned).toHaveLength(1)
    expect(notInstalled).toEqual(['DNSChaos'])
  })
})

describe('a Schedule', () => {
  it('is ended before what it has made, which is ended too', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const made = recording('schedule').events[0]?.object
    const collection = '/apis/chaos-mesh.org/v1alpha1/namespaces/shop'
    if (made === undefined) throw new Error('expected a Schedule in the recording')
    api.put(`${collection}/schedules`, { ...made, metadata: { ...made.metadata, labels } })
    api.put(`${collection}/podchaos`, child)
    const { cleaned } = await clock.during(client.sweep(limits))
    expect(cleaned.map(({ reference }) => [reference.kind, reference.name])).toEqual([
      ['Schedule', 'schedule'],
      ['PodChaos', 'schedule-tvxkb'],
    ])
    expect(cleaned[1]?.result.kind).toBe('recovered')
    expect(api.objects).toEqual([])
  })
})
