import { describe, expect, it } from 'vitest'
import { isManifest } from '../../../chaos-mesh/problems-of.ts'
import { recording } from '../fake-api/recording.ts'
import { requestOf } from '../fake-api/request-of.ts'
import type { StartCluster } from './cluster.ts'

/** Every recorded life of an experiment comes to the right conclusion. */
export const lifeCycleSuite = (startCluster: StartCluster): void => {
  /** Lives it: made, waited for, ended. */
  const live = async (name: string) => {
    await using cluster = await startCluster()
    const { client, clock } = cluster
    const reference = await clock.during(client.create(requestOf(name)))
    const injection = await clock.during(client.waitForInjected(reference, { withinMs: 5000 }))
    const cleanUp = await clock.during(client.cleanUp(reference, { withinMs: 4000 }))
    return { injection, cleanUp }
  }

  describe('a recorded life that goes well', () => {
    it.each([
      'd-apply-fails-then-heals',
      'd-io-latency',
      'd-network-delay',
      'd-network-delete-midway',
      'd-network-partition',
      'd-partial',
      'd-stress-cpu',
      'd-time-offset',
      'pod-failure-delete',
      'pod-failure-duration',
      'pod-failure-pod-gone',
    ])('%s is injected and recovered', async (name) => {
      const { injection, cleanUp } = await live(name)
      expect([injection.kind, cleanUp.kind]).toEqual(['injected', 'recovered'])
    })

    it.each(['d-container-kill', 'pod-kill', 'pod-kill-duration'])(
      '%s happens once and has nothing to recover',
      async (name) => {
        const { injection, cleanUp } = await live(name)
        expect([injection.kind, cleanUp.kind]).toEqual(['injected', 'done'])
      },
    )
  })

  describe('a recorded life that goes wrong', () => {
    it('container-kill-no-daemon is never injected, and why is said', async () => {
      const { injection, cleanUp } = await live('container-kill-no-daemon')
      expect(injection).toMatchObject({
        kind: 'not-injected',
        reason: 'apply-failed',
        sentence: 'shop/web-2/app is Not Injected (cannot find daemonIP on node node-a)',
      })
      expect(cleanUp.kind).toBe('never-injected')
    })

    it('empty-selection is told at once', async () => {
      const { injection, cleanUp } = await live('empty-selection')
      expect(injection).toMatchObject({
        kind: 'not-injected',
        reason: 'empty-selection',
        sentence: 'Failed to select targets: no pod is selected',
      })
      expect(cleanUp.kind).toBe('never-injected')
    })

    it('network-no-daemon is not injected, and stuck, and why is said', async () => {
      const { injection, cleanUp } = await live('network-no-daemon')
      expect(injection).toMatchObject({ kind: 'not-injected' })
      expect(cleanUp).toMatchObject({
        kind: 'stuck',
        missing: [{ id: 'shop/web-0', message: 'cannot find daemonIP on node node-a' }],
        lastResort:
          'kubectl -n shop patch networkchaos.chaos-mesh.org network-no-daemon --type merge -p \'{"metadata":{"finalizers":null}}\'',
      })
    })

    it('d-recover-fails is injected and stuck', async () => {
      const { injection, cleanUp } = await live('d-recover-fails')
      expect(injection.kind).toBe('injected')
      expect(cleanUp).toMatchObject({ kind: 'stuck', sentence: 'shop/web-0/app is Injected (no reason given)' })
    })
  })

  describe('a duration', () => {
    it.each([
      'd-io-latency',
      'd-network-delay',
      'd-network-partition',
      'd-stress-cpu',
      'd-time-offset',
      'pod-failure-duration',
    ])('ends %s by itself', async (name) => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf(name)))
      const end = await clock.during(client.waitForEnd(reference, { withinMs: 10_000, until: 'over' }))
      expect(end.kind).toBe('recovered')
    })

    it('does not end what is stuck', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('d-recover-fails')))
      const end = await clock.during(client.waitForEnd(reference, { withinMs: 4000, until: 'over' }))
      expect(end).toMatchObject({ kind: 'stuck', missing: [{ id: 'shop/web-0/app', phase: 'Injected' }] })
    })
  })

  describe('an end', () => {
    it('is none while an effect is measured', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const limits = { withinMs: 5000, until: 'over' } as const
      const reference = await clock.during(client.create(requestOf('d-network-delay')))
      const still = await clock.during(client.waitForEnd(reference, { ...limits, effect: async () => true }))
      const gone = await clock.during(client.waitForEnd(reference, { ...limits, effect: async () => false }))
      expect(still).toMatchObject({ kind: 'stuck', sentence: 'it is recovered, and its effect is measured still' })
      expect(gone.kind).toBe('recovered')
    })
  })

  describe('a Schedule', () => {
    it('is made by its own method, and deleted', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const manifest: unknown = recording('schedule').request
      if (!isManifest(manifest) || manifest.kind !== 'Schedule') throw new Error('expected a Schedule')
      const reference = await clock.during(client.createSchedule(manifest))
      const cleaned = await clock.during(client.cleanUpSchedule(reference, { withinMs: 10_000 }))
      expect(cleaned.map(({ result }) => result.kind)).toEqual(['deleted'])
    })
  })

  describe('a pause', () => {
    it('recovers, goes on, and recovers again', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const within = { withinMs: 10_000 }
      const reference = await clock.during(client.create(requestOf('pod-failure-pause')))
      const kinds = [
        await clock.during(client.waitForInjected(reference, within)),
        await clock.during(client.pause(reference, within)),
        await clock.during(client.resume(reference, within).then(() => client.waitForInjected(reference, within))),
        await clock.during(client.cleanUp(reference, within)),
      ].map(({ kind }) => kind)
      expect(kinds).toEqual(['injected', 'paused', 'injected', 'recovered'])
    })
  })
}
