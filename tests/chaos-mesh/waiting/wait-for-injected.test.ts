import { describe, expect, it } from 'vitest'
import { answers } from '../fake-api/answers.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { recording } from '../fake-api/recording.ts'
import { requestOf } from '../fake-api/request-of.ts'
import { waitingSuite } from '../suite/waiting.ts'

waitingSuite(startCluster)

const within = { withinMs: 10_000 }

describe('an injection that does not come', () => {
  it('is told when no controller runs', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const first = recording('d-network-delay').events[0]?.object
    if (first === undefined) throw new Error('expected an event in the recording')
    api.put('/apis/chaos-mesh.org/v1alpha1/namespaces/shop/networkchaos', first)
    const reference = {
      kind: 'NetworkChaos',
      namespace: 'shop',
      name: 'd-network-delay',
      uid: first.metadata.uid,
    } as const
    const injection = await clock.during(client.waitForInjected(reference, within))
    expect(injection).toMatchObject({
      reason: 'not-begun',
      sentence: 'nobody has begun with it: is chaos-controller-manager running?',
    })
  })

  it('is told of an empty selection at once, or when it is over for whom may not read events', async () => {
    const reasons = await Promise.all(
      [0, 100].map(async (refusals) => {
        await using cluster = await startCluster()
        const { api, client, clock } = cluster
        api.refuse(/\/events/, answers.forbidden, refusals)
        const reference = await clock.during(client.create(requestOf('empty-selection')))
        const injection = await clock.during(client.waitForInjected(reference, within))
        const tookMs = clock.nowUnixMs() - Date.parse('2026-11-23T21:48:00.000Z')
        return [injection.kind === 'not-injected' && injection.reason, tookMs < 1000]
      }),
    )
    expect(reasons).toEqual([
      ['empty-selection', true],
      ['empty-selection', false],
    ])
  })
})
