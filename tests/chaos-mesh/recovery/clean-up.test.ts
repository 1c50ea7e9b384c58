import { describe, expect, it } from 'vitest'
import { answers } from '../fake-api/answers.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { cleanUpSuite, injected } from '../suite/cleaning-up.ts'

cleanUpSuite(startCluster)

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

  it('forces nothing that nobody has asked to end: the API server was away all the time', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await injected(cluster, 'pod-failure-delete')
    await api.stop()
    const never = new AbortController().signal
    const back = clock.sleepUntil(clock.nowUnixMs() + 6000, never).then(() => api.start())
    api.requests.length = 0
    const result = await clock.during(client.cleanUp(reference, { withinMs: 5000, force: true }))
    await clock.during(back)
    expect(result.kind).toBe('stuck')
    expect(api.requests.filter((line) => line.startsWith('PATCH'))).toEqual([])
  })

  it('goes on after a refusal that passes: a server that starts has not read its rules yet', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'pod-failure-delete')
    cluster.api.refuse(/^DELETE/, answers.forbidden, 2)
    const result = await cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result.kind).toBe('recovered')
  })

  it('does not call recovered what went while nobody could look', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await injected(cluster, 'd-network-delete-midway')
    api.watches.areSilent = true
    const result = await clock.during(client.cleanUp(reference, { withinMs: 20_000 }))
    expect(result).toMatchObject({ kind: 'vanished', missing: [{ phase: 'Injected' }] })
  })

  it('throws what only somebody with more rights can mend', async () => {
    await using cluster = await startCluster()
    const reference = await injected(cluster, 'pod-failure-delete')
    cluster.api.refuse(/^DELETE/, answers.forbidden, 100)
    const cleaning = cluster.clock.during(cluster.client.cleanUp(reference, { withinMs: 20_000 }))
    await expect(cleaning).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
