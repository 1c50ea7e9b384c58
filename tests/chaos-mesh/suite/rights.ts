import { describe, expect, it } from 'vitest'
import { requestOf } from '../fake-api/request-of.ts'
import type { StartCluster } from './cluster.ts'

/** Whoever may not is told so, and what mends it. */
export const rightsSuite = (startCluster: StartCluster): void => {
  describe.each([
    {
      who: 'nobody',
      said: { kind: 'forbidden', status: 403, hint: 'grant the rights that are named: see the README of this client' },
    },
    {
      who: 'expired',
      said: { kind: 'unauthorized', status: 401, hint: 'log in again: the certificate or token may have expired' },
    },
  ] as const)('$who', ({ who, said }) => {
    it.each(['create', 'dry run', 'list', 'sweep'] as const)(`is told ${said.kind} by a %s`, async (what) => {
      await using cluster = await startCluster()
      const client = cluster.clientOf(who)
      const experiment = requestOf('pod-failure-delete')
      const done = async (): Promise<unknown> =>
        ({
          create: () => client.create(experiment),
          'dry run': () => client.dryRun(experiment),
          list: () => client.list('PodChaos', { namespace: 'shop' }),
          sweep: () => client.sweep({ labels: { run: '7' }, withinMs: 5000 }),
        })[what]()
      await expect(cluster.clock.during(done())).rejects.toMatchObject({ name: 'ChaosMeshError', ...said })
      expect(await cluster.server.names()).toEqual([])
    })

    it(`is told ${said.kind} by the first look of whoever waits`, async () => {
      await using cluster = await startCluster()
      const reference = await cluster.clock.during(cluster.client.create(requestOf('pod-failure-delete')))
      const waiting = cluster.clientOf(who).waitForInjected(reference, { withinMs: 5000 })
      await expect(cluster.clock.during(waiting)).rejects.toMatchObject({ kind: said.kind })
    })
  })
}
