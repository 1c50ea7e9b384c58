import { describe, expect, it } from 'vitest'
import { podFailure } from '../../../chaos-mesh/builders/pod-failure.ts'
import { podKill } from '../../../chaos-mesh/builders/pod-kill.ts'
import { schedule } from '../../../chaos-mesh/builders/schedule.ts'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import { requestOf } from '../fake-api/request-of.ts'
import type { StartCluster } from './cluster.ts'

const target = { selector: { labelSelectors: { app: 'web' } }, mode: { kind: 'one' } } as const

/** The manifest that these tests make. */
export const failure = podFailure({ name: 'pod-failure-delete', namespace: 'shop', ...target, durationMs: 60_000 })

/** What is created, and what is not. */
export const creationSuite = (startCluster: StartCluster): void => {
  describe('what is created', () => {
    it('is there, and can be listed by its labels', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const reference = await clock.during(client.create(requestOf('pod-failure-delete', { run: '7' })))
      expect(reference).toMatchObject({ kind: 'PodChaos', namespace: 'shop', name: 'pod-failure-delete' })
      const listed = async (labelSelector: string) =>
        (await client.list('PodChaos', { namespace: 'shop', labelSelector })).map(({ metadata }) => metadata.uid)
      expect([await listed('run=7'), await listed('run=8')]).toEqual([[reference.uid], []])
    })

    it('must have an end, also where the types were told otherwise', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const { duration: _, ...spec } = failure.spec
      // @ts-expect-error: whoever writes no types can ask for this.
      const endless: SafeExperiment = { ...failure, spec }
      await expect(clock.during(client.create(endless))).rejects.toMatchObject({ kind: 'unsafe' })
    })

    it('must have an end in what a Schedule makes', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const { duration: _, ...spec } = failure.spec
      // @ts-expect-error: the same.
      const experiment: SafeExperiment = { ...failure, spec }
      const endless = schedule({ name: 'schedule', namespace: 'shop', cron: '@every 2s', experiment })
      await expect(clock.during(client.createSchedule(endless))).rejects.toMatchObject({ kind: 'unsafe' })
    })

    it('needs no duration when it happens once', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      const kill = podKill({ name: 'pod-kill', namespace: 'shop', ...target })
      await expect(clock.during(client.create(kill))).resolves.toMatchObject({ name: 'pod-kill' })
    })

    it('has a name that nothing else has', async () => {
      await using cluster = await startCluster()
      const { client, clock } = cluster
      await clock.during(client.create(failure))
      await expect(clock.during(client.create(failure))).rejects.toMatchObject({ kind: 'conflict', status: 409 })
    })
  })

  describe('a creation whose answer is lost', () => {
    it('is found again, and not made twice', async () => {
      await using cluster = await startCluster()
      const { client, clock, server } = cluster
      server.loseAnswer()
      await expect(clock.during(client.create(failure))).resolves.toMatchObject({ name: 'pod-failure-delete' })
      expect(await server.names()).toEqual(['pod-failure-delete'])
    })

    it('is not taken for another object that had the name before', async () => {
      await using cluster = await startCluster()
      const { client, clock, server } = cluster
      await clock.during(client.create(failure))
      server.loseAnswer()
      await expect(clock.during(client.create(failure))).rejects.toMatchObject({ kind: 'unreachable' })
    })
  })

  describe('a dry run', () => {
    it('makes nothing', async () => {
      await using cluster = await startCluster()
      const { client, clock, server } = cluster
      const shown = await clock.during(client.dryRun(requestOf('d-network-delay')))
      expect(shown.spec).toMatchObject({ action: 'delay', delay: { latency: '100ms' } })
      expect(await server.names()).toEqual([])
    })
  })

  describe('a server that is not there', () => {
    it('is told', async () => {
      await using cluster = await startCluster()
      const { client, clock, server } = cluster
      await server.stop()
      await expect(clock.during(client.create(failure, { withinMs: 5000 }))).rejects.toMatchObject({
        kind: 'unreachable',
      })
      await server.start()
    })
  })
}
