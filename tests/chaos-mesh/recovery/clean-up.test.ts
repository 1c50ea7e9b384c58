import { describe, expect, it } from 'vitest'
import { answers } from '../fake-api/answers.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { requestOf } from '../fake-api/request-of.ts'

type Cluster = Awaited<ReturnType<typeof startCluster>>

/** Makes it and waits for its injection, or for what comes instead. */
const injected = async ({ client, clock }: Cluster, name: string) => {
  const reference = await clock.during(client.create(requestOf(name)))
  await clock.during(client.waitForInjected(reference, { withinMs: 4000 }))
  return reference
}

describe('what does not recover', () => {
  it('is named and left alone unless forcing is asked for', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'd-recover-fails')
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result).toEqual({
      kind: 'stuck',
      sentence: 'shop/web-0/app is Injected (no reason given)',
      missing: [{ id: 'shop/web-0/app', phase: 'Injected' }],
      lastResort:
        'kubectl -n shop patch stresschaos.chaos-mesh.org d-recover-fails --type merge -p \'{"metadata":{"finalizers":null}}\'',
    })
    expect(cluster.api.requests.filter((line) => line.startsWith('PATCH'))).toEqual([])
  })

  it('is given up on request, and what was not recovered is said', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'd-recover-fails')
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000, force: true }))
    expect(result).toEqual({
      kind: 'forced',
      unrecovered: [{ id: 'shop/web-0/app', phase: 'Injected' }],
    })
    expect(cluster.api.objects).toEqual([])
  })

  it('stays when forcing does not help either, as without a daemon', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'network-no-daemon')
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000, force: true }))
    expect(result).toMatchObject({
      kind: 'stuck',
      sentence: 'forced, and still there: shop/web-0 is Not Injected/Wait (cannot find daemonIP on node node-a)',
    })
  })

  it('is not what has recovered and is held by somebody’s finalizer', async () => {
    await using cluster = await startCluster()
    cluster.api.misbehaviour = 'never-deletes'
    const reference = await injected(cluster, 'pod-failure-delete')
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result).toMatchObject({
      kind: 'stuck',
      sentence: 'it is recovered; held by chaos-mesh/records',
      missing: [],
    })
  })
})

describe('a clean-up', () => {
  it.each([
    ['429', answers.tooBusy],
    ['500', answers.broken],
    ['500 of a webhook', answers.webhookPanics],
  ])('goes on after %s', async (_, answer) => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'pod-failure-delete')
    cluster.api.refuse(/^DELETE/, answer, 4)
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result.kind).toBe('recovered')
  })

  it('goes on when the API server has been away for 30 s', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await injected(cluster, 'pod-failure-delete')
    await api.stop()
    const never = new AbortController().signal
    const back = clock.sleepUntil(clock.nowUnixMs() + 30_000, never).then(() => api.start())
    const result = await clock.during(client.cleanUp(reference, { withinMs: 60_000 }))
    await back
    expect(result.kind).toBe('recovered')
  })

  it('says that the server is away when it stays so', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'pod-failure-delete')
    await cluster.api.stop()
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result).toMatchObject({ kind: 'stuck', sentence: 'the API server gave no answer' })
  })

  it('does not call recovered what went while nobody could look', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await injected(cluster, 'd-network-delete-midway')
    api.watches.areSilent = true
    const result = await clock.during(client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result).toMatchObject({ kind: 'vanished', missing: [{ phase: 'Injected' }] })
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
    expect(cluster.api.requests.filter((line) => line.startsWith('DELETE'))).toEqual([])
    expect(cluster.api.objects).toHaveLength(1)
  })

  it('leaves it alone also when it has got the name since the last look', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'pod-failure-delete')
    const deleting = cluster.clock.during(cluster.client.delete({ ...reference, uid: 'another' }))
    await expect(deleting).rejects.toMatchObject({ kind: 'conflict' })
    expect(cluster.api.objects[0]?.metadata.deletionTimestamp).toBeUndefined()
  })

  it('throws what only somebody with more rights can mend', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'pod-failure-delete')
    cluster.api.refuse(/^DELETE/, answers.forbidden)
    const cleaning = cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    await expect(cleaning).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
