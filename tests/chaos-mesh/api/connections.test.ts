import { describe, expect, it } from 'vitest'
import { startCluster } from '../fake-api/cluster.ts'
import { requestOf } from '../fake-api/request-of.ts'
import { connectionSuite } from '../suite/connections.ts'

connectionSuite(startCluster)

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
