import { describe, expect, it } from 'vitest'
import { answers } from '../fake-api/answers.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { requestOf } from '../fake-api/request-of.ts'
import { later, watchingSuite } from '../suite/watching.ts'

watchingSuite(startCluster)

type Cluster = Awaited<ReturnType<typeof startCluster>>

/** Lives through a disturbance: made, injected, ended by its duration of 3 s. */
const liveThrough = async (disturb: (cluster: Cluster) => unknown) => {
  await using cluster = await startCluster()
  const { client, clock } = cluster
  const reference = await clock.during(client.create(requestOf('d-network-delay')))
  const disturbed = disturb(cluster)
  const injection = await clock.during(client.waitForInjected(reference, { withinMs: 60_000 }))
  const end = await clock.during(client.waitForEnd(reference, { withinMs: 60_000, until: 'over' }))
  await clock.during(Promise.resolve(disturbed))
  return { kinds: [injection.kind, end.kind], requests: cluster.api.requests }
}

const both = ['injected', 'recovered']

describe('a watch', () => {
  it('that says nothing is not waited for: the object is looked at again', async () => {
    const { kinds, requests } = await liveThrough(({ api }) => {
      api.watches.areSilent = true
    })
    // What was injected before the first look of that kind is over by the second.
    expect(kinds[1]).toBe('recovered')
    expect(requests.filter((line) => line.startsWith('GET') && !line.includes('watch=true')).length).toBeLessThan(12)
  })

  it.each([
    ['410', answers.expired],
    ['429', answers.tooBusy],
    ['500', answers.broken],
  ])('that is refused with %s is opened again', async (_, answer) => {
    const { kinds } = await liveThrough(({ api }) => api.refuse(/watch=true/, answer, 5))
    expect(kinds[1]).toBe('recovered')
  })

  it.each([
    ['429', answers.tooBusy],
    ['500', answers.broken],
  ])('survives a look that is refused with %s', async (_, answer) => {
    const { kinds } = await liveThrough(({ api }) => api.refuse(/^GET (?!.*watch=true)/, answer, 3))
    expect(kinds[1]).toBe('recovered')
  })

  it('is not told by refusals that it was allowed before: a server that starts has not read its rules yet', async () => {
    const { kinds } = await liveThrough((cluster) =>
      later(cluster, 1000, () => {
        cluster.api.refuse(/^GET/, answers.forbidden, 3)
        cluster.api.watches.end()
      }),
    )
    expect(kinds).toEqual(both)
  })
})

describe('a first look that somebody has to mend', () => {
  it.each([
    ['unauthorized', answers.unauthorized],
    ['forbidden', answers.forbidden],
    ['not-installed', answers.noSuchKind],
  ])('is thrown: %s', async (kind, answer) => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await clock.during(client.create(requestOf('d-network-delay')))
    api.refuse(/^GET/, answer, 100)
    const waiting = clock.during(client.waitForInjected(reference, { withinMs: 5000 }))
    await expect(waiting).rejects.toMatchObject({ name: 'ChaosMeshError', kind })
  })
})
