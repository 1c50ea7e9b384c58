import { describe, expect, it } from 'vitest'
import { podFailure } from '../../chaos-mesh/builders/pod-failure.ts'
import { podKill } from '../../chaos-mesh/builders/pod-kill.ts'
import { schedule } from '../../chaos-mesh/builders/schedule.ts'
import type { SafeExperiment } from '../../chaos-mesh/manifest.ts'
import { answers, refusal } from './fake-api/answers.ts'
import { startCluster } from './fake-api/cluster.ts'
import { requestOf } from './fake-api/request-of.ts'

const target = { selector: { labelSelectors: { app: 'web' } }, mode: { kind: 'one' } } as const
const failure = podFailure({ name: 'pod-failure-delete', namespace: 'shop', ...target, durationMs: 60_000 })

const creations = (requests: readonly string[]) => requests.filter((line) => line.startsWith('POST'))

describe('what is created', () => {
  it('has its field names checked by the server', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const reference = await clock.during(client.create(failure))
    expect(reference).toMatchObject({ kind: 'PodChaos', namespace: 'shop', name: 'pod-failure-delete' })
    expect(creations(api.requests)).toEqual([
      'POST /apis/chaos-mesh.org/v1alpha1/namespaces/shop/podchaos?fieldValidation=Strict',
    ])
  })

  it('is refused offline when it is invalid, with all its problems', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const bad = { ...failure, spec: { ...failure.spec, selector: {}, duration: '10' } }
    const creating = clock.during(client.create(bad))
    await expect(creating).rejects.toThrow(/spec\.selector: expected .*\n.*spec\.duration: expected .*, got "10"/)
    expect(api.requests).toEqual([])
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
})

describe('a creation whose answer is lost', () => {
  it('is found again, and not made twice', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.refuse(/^POST/, 'drop')
    await expect(clock.during(client.create(failure))).resolves.toMatchObject({ name: 'pod-failure-delete' })
    expect(creations(api.requests)).toHaveLength(1)
  })

  it('is not taken for another object that had the name before', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    await clock.during(client.create(failure))
    api.refuse(/^POST/, 'drop')
    await expect(clock.during(client.create(failure))).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('is asked again of a server that is too busy', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const startedUnixMs = clock.nowUnixMs()
    api.refuse(/^POST/, answers.tooBusy, 3)
    await clock.during(client.create(failure))
    expect(clock.nowUnixMs() - startedUnixMs).toBe(3000)
  })
})

describe('a refusal', () => {
  it.each([
    ['conflict', answers.nameTaken],
    ['refused', answers.webhookRefuses],
    ['webhook-failed', answers.webhookPanics],
    ['unauthorized', answers.unauthorized],
    ['forbidden', answers.forbidden],
    ['not-installed', answers.noSuchKind],
    ['refused', refusal(422, 'spec.mode: Unsupported value', 'x')],
  ])('is told apart: %s', async (kind, answer) => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.refuse(/^POST/, answer)
    const creating = clock.during(client.create(failure))
    await expect(creating).rejects.toMatchObject({ name: 'ChaosMeshError', kind, status: answer.status })
    expect(creations(api.requests)).toHaveLength(1)
  })

  it('says what was asked for, what came, and what mends it', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.refuse(/^POST/, answers.webhookRefuses)
    await expect(clock.during(client.create(failure))).rejects.toMatchObject({
      message:
        'expected the API server to create PodChaos shop/pod-failure-delete, got 403: admission webhook "vpodchaos.kb.io" denied the request: Spec.Duration: Invalid value',
      hint: 'correct what the server names',
    })
  })

  it('is told of a server that is not there', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    await api.stop()
    await expect(clock.during(client.create(failure, { withinMs: 5000 }))).rejects.toMatchObject({
      kind: 'unreachable',
    })
  })
})

describe('a dry run', () => {
  it('makes nothing', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    const shown = await clock.during(client.dryRun(requestOf('d-network-delay')))
    expect(shown.spec).toMatchObject({ direction: 'to' })
    expect(api.requests).toEqual([
      'POST /apis/chaos-mesh.org/v1alpha1/namespaces/shop/networkchaos?fieldValidation=Strict&dryRun=All',
    ])
    expect(api.objects).toEqual([])
  })
})
