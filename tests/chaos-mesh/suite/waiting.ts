import { describe, expect, it } from 'vitest'
import { requestOf } from '../fake-api/request-of.ts'
import type { StartCluster } from './cluster.ts'

const within = { withinMs: 10_000 }

/** An injection that does not come is told with its reason. */
export const waitingSuite = (startCluster: StartCluster): void => {
  describe('an injection that does not come', () => {
    it('is told when the time is over, with what there was', async () => {
      await using cluster = await startCluster()
      const { server, client, clock } = cluster
      server.misbehave('never-injects')
      const startedUnixMs = clock.nowUnixMs()
      const reference = await clock.during(client.create(requestOf('d-network-delay')))
      const injection = await clock.during(client.waitForInjected(reference, { withinMs: 3000 }))
      expect(injection).toMatchObject({ reason: 'empty-selection', sentence: 'no target was selected' })
      expect(clock.nowUnixMs() - startedUnixMs).toBeGreaterThanOrEqual(3000)
    })

    it('is told of an empty selection at once', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const startedUnixMs = clock.nowUnixMs()
      const reference = await clock.during(client.create(requestOf('empty-selection')))
      const injection = await clock.during(client.waitForInjected(reference, within))
      expect(injection).toMatchObject({ kind: 'not-injected', reason: 'empty-selection' })
      expect(clock.nowUnixMs() - startedUnixMs).toBeLessThan(5000)
    })

    it('is told of what is over already, and of what is gone', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('d-network-delay')))
      await clock.during(client.waitForEnd(reference, { ...within, until: 'over' }))
      const late = await clock.during(client.waitForInjected(reference, within))
      await clock.during(client.cleanUp(reference, within))
      const tooLate = await clock.during(client.waitForInjected(reference, within))
      expect([late, tooLate]).toMatchObject([{ reason: 'over' }, { reason: 'gone' }])
    })

    it('is told when it is paused', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('pod-failure-pause')))
      await clock.during(client.waitForInjected(reference, within).then(() => client.pause(reference, within)))
      const injection = await clock.during(client.waitForInjected(reference, { withinMs: 3000 }))
      expect(injection).toMatchObject({ reason: 'paused' })
    })
  })

  describe('an injection without effect', () => {
    it('is not called one when its effect is measured', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
      const limits = { withinMs: 3000, effect: async () => false }
      const injection = await clock.during(client.waitForInjected(reference, limits))
      expect(injection).toMatchObject({ kind: 'not-injected', reason: 'no-effect' })
    })

    it('may show up later', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
      let measurements = 0
      const effect = async () => ++measurements === 5
      const injection = await clock.during(client.waitForInjected(reference, { ...within, effect }))
      expect(injection.kind).toBe('injected')
    })
  })
}
