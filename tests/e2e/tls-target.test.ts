import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { runRecordSchema } from '../../model/run-record.ts'
import { startTwin } from '../../twin/start-twin.ts'
import { type Identities, makeIdentities } from '../servers/kube/certificates.ts'
import { expectMended } from './expect-mended.ts'
import { collaudo } from './start-collaudo.ts'

const secrets = { SOME_ID: 'collaudo', SOME_SECRET: 'of-nobody', GATEWAY_KEY: 'key-of-nobody' }
const providers = ['recup-day', '--streams', 'partners', '--day', 'monday', '--from', '11:00', '--to', '11:10']

let identities: Identities
beforeAll(() => {
  identities = makeIdentities(Date.now())
})

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-tls-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A twin behind a gateway that lets in who shows a certificate of its authority, and to its systems who has the key of the gateway. */
const startGateway = async (): Promise<string> => {
  const twin = await startTwin({
    dataDir: join(folder(), 'data'),
    defects: [],
    systems: ['recup', 'prescriptions'],
    credentials: { clientId: secrets.SOME_ID, clientSecret: secrets.SOME_SECRET },
  })
  onTestFinished(() => twin.stop())
  const onwardOf = (url: string): string => {
    if (url === '/token') return twin.tokenUrl
    const [, rest] = url.split('/prescriptions')
    return new URL(rest ?? url, twin.at(rest === undefined ? 'recup' : 'prescriptions').baseUrl).href
  }
  const { ca, server: own } = identities
  const gateway = createServer(
    { key: own.key, cert: own.cert, ca, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { url = '', headers } = request
      const isLetIn = url === '/token' || headers['x-gateway-key'] === secrets.GATEWAY_KEY
      if (isLetIn) pass(request, response, onwardOf(url))
      else response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"no key"}')
    },
  )
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    gateway.closeAllConnections()
    gateway.close()
  })
  return `https://127.0.0.1:${(gateway.address() as AddressInfo).port}`
}

const pass = (request: IncomingMessage, response: ServerResponse, url: string): void => {
  const { method, headers } = request
  const onward = httpRequest(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.once('error', () => response.destroy())
  request.pipe(onward)
}

const targetAt = (origin: string, change: object): string => {
  const dir = folder()
  const { ca, admin } = identities
  writeFileSync(join(dir, 'ca.pem'), ca)
  writeFileSync(join(dir, 'me.pem'), admin.cert)
  writeFileSync(join(dir, 'me.key'), admin.key)
  const target = {
    ...{ schemaVersion: 1, name: 'gateway', environment: 'staging', allowedHosts: ['127.0.0.1'] },
    systems: {
      recup: { baseUrl: `${origin}/fhir` },
      prescriptions: { baseUrl: `${origin}/prescriptions/fhir` },
    },
    auth: {
      kind: 'client-credentials',
      tokenUrl: `${origin}/token`,
      clientIdEnv: 'SOME_ID',
      clientSecretEnv: 'SOME_SECRET',
    },
    tls: { caFile: 'ca.pem', certFile: 'me.pem', keyFile: 'me.key' },
    headers: { 'X-Gateway-Key': 'GATEWAY_KEY' },
    ...change,
  }
  // JSON is YAML.
  writeFileSync(join(dir, 'target.yaml'), JSON.stringify(target))
  return join(dir, 'target.yaml')
}

test('a run goes through a gateway that wants a certificate and a header; k6, preparing and reading back alike', async () => {
  const file = targetAt(await startGateway(), {})
  const ended = await collaudo(
    ['run', ...providers, '--squeeze', '10s', '--target', file, '--out', 'run', '--json'],
    secrets,
  )
  expect(ended.stderr).toContain('reconcile')
  const { verdict, leftOut, delivery, integrity } = runRecordSchema.parse(JSON.parse(ended.stdout))
  expect(['pass', 'inconclusive']).toContain(verdict)
  expect(leftOut).toContain('phone')
  expect(delivery).toMatchObject({ started: delivery.planned, cut: 0 })
  expect(integrity).toMatchObject({ complete: true, lost: 0, unknown: { landed: 0, absent: 0 } })
  expect(integrity.acknowledged).toBeGreaterThan(0)
  expect(`${ended.stdout}${ended.stderr}`).not.toContain(secrets.GATEWAY_KEY)
})

test('without the certificate, without the key of the gateway, or with a file that is not there, it is told before anything is loaded', async () => {
  const origin = await startGateway()
  const cases: readonly (readonly [object, Readonly<Record<string, string>>, RegExp])[] = [
    [
      { tls: { caFile: 'ca.pem' } },
      secrets,
      /expected an access token from https.*, got (?:UND_ERR_SOCKET|ECONNRESET|EPIPE|\S*CERTIFICATE_REQUIRED)/,
    ],
    [{ headers: {} }, secrets, /expected a CapabilityStatement from metadata of recup at .*, got 403/],
    [{}, { ...secrets, GATEWAY_KEY: '' }, /expected a secret in the environment variable GATEWAY_KEY, got none/],
    [{ tls: { caFile: 'none.pem' } }, secrets, /tls\.caFile: expected a PEM file at .*none\.pem, got none/],
    [{ tls: { certFile: 'me.pem' } }, secrets, /tls: .*certFile and keyFile, or none/],
    [{ headers: { Authorization: 'GATEWAY_KEY' } }, secrets, /headers: .*does not send by itself/],
  ]
  for (const [change, env, said] of cases) {
    expectMended(await collaudo(['run', ...providers, '--target', targetAt(origin, change)], env), 2, said)
  }
})
