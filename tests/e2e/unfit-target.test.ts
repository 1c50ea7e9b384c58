import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeCertificates } from '../../chaos/proxy/certificates.ts'
import { needsOf } from '../../generators/journey-needs.ts'
import { systemOf } from '../../generators/system-of.ts'
import { actions } from '../../model/scenario.ts'
import { closedAddress } from '../clients/answering-server.ts'
import { expectMended } from './expect-mended.ts'
import { collaudo } from './start-collaudo.ts'

const minute = ['recup-day', '--day', 'sunday', '--from', '03:00', '--to', '03:01']

const originOf = async (server: Server | ReturnType<typeof createTlsServer>, scheme: string): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const targetAt = (origin: string, change: object = {}): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-unfit-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'target.yaml')
  const systems = { recup: { baseUrl: `${origin}/fhir` } }
  const target = { schemaVersion: 1, name: 'unfit', environment: 'staging', allowedHosts: ['127.0.0.1'], systems }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ ...target, ...change }))
  return file
}

/** A server that says what all journeys of bookings need of its types, and this of itself; searches find nothing. */
const saying =
  (interaction: readonly object[]): RequestListener =>
  ({ url }, response) => {
    const types = actions.filter((action) => systemOf(action) === 'recup').flatMap((action) => typesOf(action))
    const rest = [{ mode: 'server', interaction, resource: [...new Set(types)].map((type) => ({ type })) }]
    const body = url?.endsWith('/metadata')
      ? { resourceType: 'CapabilityStatement', software: { name: 'Small server', version: '1' }, rest }
      : { resourceType: 'Bundle', type: 'searchset' }
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body))
  }

const typesOf = (action: (typeof actions)[number]): readonly string[] => {
  const needs = needsOf(action)
  return needs.kind === 'fhir' ? Object.keys(needs.types) : []
}

describe('a target that is not fit for a run is told before anything is loaded', () => {
  test('a server without transactions: each stream that needs them, and the streams that are left', async () => {
    const file = targetAt(await originOf(createServer(saying([{ code: 'batch' }])), 'http'))
    for (const words of [
      ['run', ...minute, '--out', 'run'],
      ['prepare', ...minute],
      ['split', ...minute, '--parts', '2', '--out', 'run'],
    ]) {
      const ended = await collaudo([...words, '--target', file])
      expectMended(ended, 2, /web: book on recup: no transaction\n/)
      expect(ended.stderr).toContain('--streams counter,blood-draws,partner-sync,partner-night')
      expect(existsSync(join(ended.dir, 'run', 'plan.json'))).toBe(false)
    }
  })

  test('doctor says which journeys such a server carries, and what it lacks for each of the others', async () => {
    const file = targetAt(await originOf(createServer(saying([{ code: 'batch' }])), 'http'))
    const { exitCode, stdout } = await collaudo(['doctor', '--target', file])
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Small server 1')])
    expect(stdout).toMatch(/carries +enquire, accept, walk-in, take-charge, pay, partner-sync, partner-night, remind\n/)
    expect(stdout).toMatch(/cannot carry +book on recup: no transaction\n +→ leave its streams out/)
  })

  test('a token endpoint that is down', async () => {
    const auth = {
      kind: 'client-credentials',
      tokenUrl: `${await closedAddress()}/token`,
      clientIdEnv: 'SOME_ID',
      clientSecretEnv: 'SOME_SECRET',
    }
    const file = targetAt(await originOf(createServer(saying([{ code: 'transaction' }])), 'http'), { auth })
    const ended = await collaudo(['run', ...minute, '--target', file], { SOME_ID: 'me', SOME_SECRET: 'of-nobody' })
    expectMended(ended, 2, /expected an access token from http.*\/token, got ECONNREFUSED/)
    expect(ended.stderr).not.toContain('of-nobody')
  })

  test.each(['an authority that nobody knows', 'an end in the past'] as const)(
    'a certificate with %s is refused',
    async (what) => {
      const { ca, key, cert, expiredCert } = makeCertificates(Date.now())
      const isExpired = what === 'an end in the past'
      const server = createTlsServer({ key, cert: isExpired ? expiredCert : cert }, saying([{ code: 'transaction' }]))
      const file = targetAt(await originOf(server, 'https'))
      const caFile = join(file, '..', 'ca.pem')
      writeFileSync(caFile, ca)
      const env = isExpired ? { NODE_EXTRA_CA_CERTS: caFile } : {}
      const ended = await collaudo(['run', ...minute, '--target', file], env)
      expectMended(ended, 2, isExpired ? /got CERT_HAS_EXPIRED/ : /got UNABLE_TO_VERIFY_LEAF_SIGNATURE/)
      expect(ended.stderr).toContain('renew its certificate')
    },
  )
})
