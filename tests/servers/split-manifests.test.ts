import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { kubernetesManifests } from '../../runner/parts/kubernetes-manifests.ts'
import { split } from '../runner/parts/split.ts'
import { asked } from './kube/asked.ts'
import { served } from './kube/install.ts'
import { type KubeServer, startKubeServer } from './kube/kube-server.ts'
import { testRunDefinition } from './kube/test-run-definition.ts'

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const places: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: '/api/v1/namespaces/load/persistentvolumeclaims',
  Pod: '/api/v1/namespaces/load/pods',
  Job: '/apis/batch/v1/namespaces/load/jobs',
  TestRun: '/apis/k6.io/v1alpha1/namespaces/load/testruns',
}

const text = kubernetesManifests(split, {
  ...{ image: 'registry.example/collaudo:1', namespace: 'load', secret: 'staging' },
  plan: { streams: [] },
  env: { COLLAUDO_TARGET: '{"name":"St. John\'s"}', COLLAUDO_APART: '1' },
  secretNames: ['CLIENT_ID', 'CLIENT_SECRET'],
})
const documents = parseAllDocuments(text).map((document) => document.toJSON())
const testRun = documents.find(({ kind }) => kind === 'TestRun')

let server: KubeServer

/** Sends an object; a field that its kind does not know is refused. */
const created = (kind: string, body: object, options: Readonly<Record<string, string>> = {}) =>
  server.admin.send({
    method: 'POST',
    path: places[kind] ?? '',
    query: { fieldValidation: 'Strict', ...options },
    body,
  })

beforeAll(async () => {
  server = await startKubeServer()
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'load' } }
  await asked(server.admin, { method: 'POST', path: '/api/v1/namespaces', body })
  await asked(server.admin, { method: 'POST', path: definitions, body: testRunDefinition })
  await served(server.admin, '/apis/k6.io/v1alpha1/testruns')
}, 120_000)

afterAll(() => server?.close())

describe('the manifests of a split load, before a real API server that forgives no field', () => {
  it.each(documents.map((body) => [body.kind, body] as const))('are accepted: %s', async (kind, body) => {
    expect(await created(kind, body)).toMatchObject({ status: 201, body: { metadata: { name: body.metadata.name } } })
  })

  it('would be refused with a field that the kind does not have', async () => {
    const spec = { ...testRun.spec, paralelism: 2 }
    const answer = await created('TestRun', { ...testRun, metadata: { ...testRun.metadata, name: 'other' }, spec })
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('spec.paralelism') } })
  })

  it('give the runners what a pod can have', async () => {
    const { image, env, resources, tolerations } = testRun.spec.runner
    const pod = {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'runner', namespace: 'load' } },
      spec: { tolerations, containers: [{ name: 'k6', image, env, resources }] },
    }
    expect(await created('Pod', pod, { dryRun: 'All' })).toMatchObject({ status: 201 })
  })
})
