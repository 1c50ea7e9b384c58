import { describe, expect, it } from 'vitest'
import { answers } from '../fake-api/answers.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { recording } from '../fake-api/recording.ts'
import { requestOf } from '../fake-api/request-of.ts'

const within = { withinMs: 10_000 }

describe('an injection that does not come', () => {
  it('is told when the time is over, with what there was', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.misbehaviour = 'never-injects'
    const startedUnixMs = clock.nowUnixMs()
    const reference = await clock.during(client.create(requestOf('d-network-delay')))
    const injection = await clock.during(client.waitForInjected(reference, within))
    expect(injection).toMatchObject({ reason: 'empty-selection', sentence: 'no target was selected' })
    expect(clock.nowUnixMs() - startedUnixMs).toBe(10_000)
  })

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
    const injection = await clock.during(client.waitForInjected(reference, within))
    expect(injection).toMatchObject({ reason: 'paused' })
  })
})

describe('an injection without effect', () => {
  it('is not called one when its effect is measured', async () => {
    await using cluster = await startCluster()
    const { client, clock } = cluster
    const reference = await clock.during(client.create(requestOf('pod-failure-delete')))
    const injection = await clock.during(client.waitForInjected(reference, { ...within, effect: async () => false }))
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
