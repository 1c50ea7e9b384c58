import { describe, expect, it } from 'vitest'
import { answers, refusal } from './fake-api/answers.ts'
import { startCluster } from './fake-api/cluster.ts'
import { requestOf } from './fake-api/request-of.ts'
import { creationSuite, failure } from './suite/creation.ts'

creationSuite(startCluster)

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
})

describe('a creation whose answer is lost', () => {
  it('is found again, and not made twice', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.refuse(/^POST/, 'drop')
    await expect(clock.during(client.create(failure))).resolves.toMatchObject({ name: 'pod-failure-delete' })
    expect(creations(api.requests)).toHaveLength(1)
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
