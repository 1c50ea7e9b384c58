import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { KubeConnection } from '../../chaos-mesh/api/kube-connection.ts'
import { Objects } from '../../chaos-mesh/api/objects.ts'
import { ChaosMeshClient } from '../../chaos-mesh/client.ts'
import { systemClock } from '../../chaos-mesh/clock.ts'
import { allKinds } from '../../chaos-mesh/kinds.ts'
import type { Manifest } from '../../chaos-mesh/manifest.ts'
import { isManifest, problemsOf } from '../../chaos-mesh/problems-of.ts'
import { recordings } from '../chaos-mesh/fake-api/recording.ts'
import { requestOf } from '../chaos-mesh/fake-api/request-of.ts'
import { cleanUpSuite } from '../chaos-mesh/suite/cleaning-up.ts'
import type { StartCluster } from '../chaos-mesh/suite/cluster.ts'
import { connectionSuite } from '../chaos-mesh/suite/connections.ts'
import { creationSuite, failure } from '../chaos-mesh/suite/creation.ts'
import { lifeCycleSuite } from '../chaos-mesh/suite/life-cycles.ts'
import { cases, manifestOf } from '../chaos-mesh/suite/put-before-webhooks.ts'
import { rightsSuite } from '../chaos-mesh/suite/rights.ts'
import { sweepSuite } from '../chaos-mesh/suite/sweeping.ts'
import { waitingSuite } from '../chaos-mesh/suite/waiting.ts'
import { watchingSuite } from '../chaos-mesh/suite/watching.ts'
import { asked } from './kube/asked.ts'
import { installDefinitions } from './kube/install.ts'
import { type KubeServer, loaded, startKubeServer } from './kube/kube-server.ts'
import { realCluster } from './kube/real-cluster.ts'

vi.setConfig({ testTimeout: 120_000 })

let server: KubeServer
const start: StartCluster = (options) => realCluster(server)(options)

beforeAll(async () => {
  server = await startKubeServer()
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }
  await asked(server.admin, { method: 'POST', path: '/api/v1/namespaces', body })
})

afterAll(() => server?.close())

const withClient = async <T>(work: (client: ChaosMeshClient) => Promise<T>): Promise<T> => {
  const client = new ChaosMeshClient(new KubeConnection(loaded(server.configOf('admin')), systemClock))
  try {
    return await work(client)
  } finally {
    client.close()
  }
}

describe('a real API server without Chaos Mesh', () => {
  it('knows none of its kinds, and says so', async () => {
    await withClient(async (client) => {
      await expect(client.create(failure)).rejects.toMatchObject({ kind: 'not-installed', status: 404 })
      const { notInstalled } = await client.sweep({ labels: { run: '7' }, withinMs: 5000 })
      expect(notInstalled).toEqual(allKinds)
    })
  })
})

describe('a real API server with the definitions of Chaos Mesh', () => {
  beforeAll(() => installDefinitions(server.admin))

  const valid = cases
    .map((one) => ({ name: one.case, manifest: manifestOf(one) }))
    .filter(({ manifest }) => problemsOf(manifest).length === 0)

  it('is asked about every manifest that is valid offline', () => {
    expect(valid.length).toBeGreaterThanOrEqual(8)
  })

  it.each(valid)('accepts what is valid offline, with each field checked: $name', ({ manifest }) =>
    withClient(async (client) => {
      if (!isManifest(manifest)) throw new Error('expected a manifest')
      await expect(client.dryRun(manifest)).resolves.toMatchObject({ kind: manifest.kind })
    }),
  )

  const recorded = [...recordings.keys()].filter((name) => name !== 'schedule' && name !== 'd-http-abort')

  it.each(recorded)('accepts what was recorded, with each field checked: %s', (name) =>
    withClient((client) => expect(client.dryRun(requestOf(name))).resolves.toMatchObject({ metadata: { name } })),
  )

  it('refuses a field that it does not know, by its path', async () => {
    const manifest = { ...failure, spec: { ...failure.spec, gracePeriods: 3 } } as Manifest
    const creating = new Objects(server.admin).create(manifest, true)
    await expect(creating).rejects.toMatchObject({
      kind: 'refused',
      status: 400,
      message: expect.stringContaining('unknown field "spec.gracePeriods"'),
    })
  })

  it('refuses a value that its schema does not know', async () => {
    const manifest = { ...failure, spec: { ...failure.spec, mode: 'some' } } as unknown as Manifest
    const creating = new Objects(server.admin).create(manifest, true)
    await expect(creating).rejects.toMatchObject({
      kind: 'refused',
      status: 422,
      message: expect.stringContaining('spec.mode'),
    })
  })

  it('tells 410 to a watch from a moment that it has forgotten, as an event', async () => {
    const path = '/apis/chaos-mesh.org/v1alpha1/namespaces/shop/podchaos'
    const query = { watch: 'true', resourceVersion: '1', timeoutSeconds: '5' }
    const stream = await server.admin.stream({ method: 'GET', path, query })
    if ('status' in stream) throw new Error(`expected a stream, got ${stream.status}`)
    expect(JSON.parse((await stream.next()) ?? '')).toMatchObject({ type: 'ERROR', object: { code: 410 } })
    stream.close()
  })

  creationSuite(start)
  lifeCycleSuite(start)
  watchingSuite(start)
  waitingSuite(start)
  cleanUpSuite(start)
  sweepSuite(start)
  rightsSuite(start)
  connectionSuite(start)
})
