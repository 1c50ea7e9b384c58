import { describe, expect, it } from 'vitest'
import { planOf } from '../../../../chaos/drivers/chaos-mesh/planned.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { StartCluster } from '../../../chaos-mesh/suite/cluster.ts'
import { startPod } from './furnish.ts'
import { expressions, furnished, look } from './looking.ts'
import { shop } from './shop.ts'

const latency: Fault = { kind: 'latency', component: 'recup', delayMs: 400 }
const partition: Fault = { kind: 'partition', component: 'recup→prescriptions' }
const kill: Fault = { kind: 'kill', component: 'recup' }

/** What is seen before anything is changed. */
export const preflightSuite = (start: StartCluster): void => {
  describe('a cluster that is well', () => {
    it('is told with the pods that will be hit', async () => {
      await using cluster = await furnished(start)
      expect(await look(cluster, latency)).toEqual(['Chaos Mesh 2.8.3', 'latency on recup: shop/web-0, web-1, web-2'])
      expect(await look(cluster, { kind: 'kill', component: 'recup#2' })).toContain(
        'kill on recup#2: 1 of shop/web-0, web-1, web-2',
      )
    })

    it('is told to be upgraded where pods may not recover', async () => {
      await using cluster = await furnished(start, { version: 'v2.8.2' })
      expect(await look(cluster, latency)).toEqual([
        'Chaos Mesh 2.8.2',
        expect.stringMatching(/^upgrade Chaos Mesh to 2\.8\.3: with 2\.8\.2 the network of a pod .* may stay broken$/),
        'latency on recup: shop/web-0, web-1, web-2',
      ])
    })

    it('is told of a pod that is the only one', async () => {
      await using cluster = await furnished(start)
      await cluster.clock.during(startPod(cluster.connectionOf('admin'), { name: 'alone-0', app: 'alone' }))
      const target = shop({ components: { recup: { labelSelectors: { app: 'alone' } } } })
      expect(await look(cluster, kill, { target })).toContain(
        'kill on recup: shop/alone-0, for which no other pod stands in',
      )
    })

    it('is told with both ends of a way', async () => {
      await using cluster = await furnished(start)
      const target = shop({ maxPodsRatio: 1 })
      expect(await look(cluster, partition, { target })).toContain(
        'partition on recup→prescriptions: shop/web-0, web-1, web-2 and shop/db-0, db-1, db-2, db-3',
      )
      expect(await look(cluster, { ...latency, component: 'recup→prescriptions' })).toContain(
        'latency on recup→prescriptions: shop/web-0, web-1, web-2, towards shop/db-0, db-1, db-2, db-3',
      )
    })

    it('is told without pods that wait for a node: they are not hit', async () => {
      await using cluster = await furnished(start)
      const waiting = { name: 'web-9', app: 'web', isPending: true }
      await cluster.clock.during(startPod(cluster.connectionOf('admin'), waiting))
      expect(await look(cluster, latency)).toContain('latency on recup: shop/web-0, web-1, web-2')
    })

    it.each([
      ['for other pods', { matchExpressions: expressions('NotIn') }],
      ['for none', null],
    ])('may have a budget %s', async (_, budgetSelector) => {
      await using cluster = await furnished(start, { disruptionsAllowed: 0, budgetSelector })
      await expect(look(cluster, kill)).resolves.toHaveLength(2)
    })

    it('needs no daemon where pods are only killed', async () => {
      await using cluster = await furnished(start, { hasDaemon: false })
      await expect(look(cluster, kill)).resolves.toHaveLength(2)
    })
  })

  describe('whoever may not', () => {
    it('is told every right that is missing, and where they are written', async () => {
      await using cluster = await furnished(start)
      const looking = look(cluster, latency, { who: 'nobody' })
      await expect(looking).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(
          /expected the right to create networkchaos\.chaos-mesh\.org in shop, got none\n/,
        ),
        hint: expect.stringContaining('docs/how-to/kubernetes.md'),
      })
      await expect(looking).rejects.toThrow(/list nodes in the cluster, got none$/)
    })

    it('is told that the credentials have expired', async () => {
      await using cluster = await furnished(start)
      await expect(look(cluster, latency, { who: 'expired' })).rejects.toMatchObject({
        name: 'ChaosMeshError',
        kind: 'unauthorized',
      })
    })
  })

  describe('what another run has left', () => {
    it('keeps the next one from beginning', async () => {
      await using cluster = await furnished(start)
      const { planned } = planOf({ faults: [{ fault: latency, lastsMs: 10_000 }] }, { run: 'r0', target: shop() })
      cluster.server.play('collaudo-r0-f1', 'd-network-delay')
      for (const { manifest } of planned) await cluster.clock.during(cluster.client.create(manifest))
      await expect(look(cluster, latency)).rejects.toMatchObject({
        kind: 'refused',
        message: 'expected no experiment of another run, got NetworkChaos shop/collaudo-r0-f1',
      })
    })
  })
}
