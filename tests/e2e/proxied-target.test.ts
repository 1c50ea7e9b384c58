import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runRecordSchema } from '../../model/run-record.ts'
import { startTwin } from '../../twin/start-twin.ts'
import { expectMended } from './expect-mended.ts'
import { collaudo } from './start-collaudo.ts'

const secrets = { SOME_ID: 'collaudo', SOME_SECRET: 'of-nobody' }
const providers = ['recup-day', '--streams', 'partners', '--day', 'monday', '--from', '11:00', '--to', '11:10']

/** A twin that only a proxy knows by its name, and how many requests the proxy has passed; `fails` says which it answers itself. */
const behindProxy = async (fails: (count: number) => boolean) => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-proxied-'))
  const twin = await startTwin({
    dataDir: join(dir, 'data'),
    defects: [],
    systems: ['recup', 'prescriptions'],
    credentials: { clientId: secrets.SOME_ID, clientSecret: secrets.SOME_SECRET },
  })
  const ways: Readonly<Record<string, string>> = {
    'recup.test': twin.at('recup').baseUrl,
    'prescriptions.test': twin.at('prescriptions').baseUrl,
    'tokens.test': twin.tokenUrl,
  }
  const seen = { requests: 0 }
  const proxy = createServer((request, response) => {
    // A proxy is asked for a whole address.
    const { hostname, pathname, search } = new URL(request.url ?? '', 'http://nowhere.test')
    seen.requests += 1
    const way = ways[hostname]
    if (way === undefined || fails(seen.requests)) {
      response.writeHead(way === undefined ? 404 : 503).end()
      return
    }
    const { method, headers } = request
    const onward = httpRequest(new URL(`${pathname}${search}`, way), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    proxy.closeAllConnections()
    proxy.close()
    await twin.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const path = (url: string) => new URL(url).pathname
  const target = {
    ...{ schemaVersion: 1, name: 'proxied', environment: 'staging' },
    allowedHosts: ['127.0.0.1', 'recup.test', 'prescriptions.test', 'tokens.test'],
    systems: {
      recup: { baseUrl: `http://recup.test${path(twin.at('recup').baseUrl)}` },
      prescriptions: { baseUrl: `http://prescriptions.test${path(twin.at('prescriptions').baseUrl)}` },
    },
    auth: {
      kind: 'client-credentials',
      tokenUrl: `http://tokens.test${path(twin.tokenUrl)}`,
      clientIdEnv: 'SOME_ID',
      clientSecretEnv: 'SOME_SECRET',
    },
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  }
  const fileWith = (change: object): string => {
    // JSON is YAML.
    writeFileSync(join(dir, 'target.yaml'), JSON.stringify({ ...target, ...change }))
    return join(dir, 'target.yaml')
  }
  return { fileWith, seen }
}

test('a run reaches systems that only its proxy knows; k6, preparing and reading back alike', async () => {
  const { fileWith } = await behindProxy(() => false)
  const file = fileWith({})
  const options = ['--squeeze', '10s', '--target', file, '--out', 'run', '--json']
  const { stdout, stderr } = await collaudo(['run', ...providers, ...options], secrets)
  expect(stderr).toContain('reconcile')
  const { delivery, integrity } = runRecordSchema.parse(JSON.parse(stdout))
  expect(delivery).toMatchObject({ started: delivery.planned, cut: 0 })
  expect(integrity).toMatchObject({ complete: true, lost: 0, unknown: { landed: 0, absent: 0 } })
  expect(integrity.acknowledged).toBeGreaterThan(0)
})

test('a proxy that says later for a while is asked again while data is loaded, where the target says so, and only there', async () => {
  const { fileWith } = await behindProxy((count) => count % 4 === 3)
  const prepare = (change: object) =>
    collaudo(['prepare', ...providers, '--squeeze', '10s', '--target', fileWith(change)], secrets)
  expectMended(await prepare({}), 2, /got 503/)
  const { exitCode, stdout } = await prepare({ retries: { times: 3, afterMs: 10 } })
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/\d+ resources/)])
})

test('a proxy that is not allowed, or whose address holds credentials, is refused before anything is sent', async () => {
  const { fileWith, seen } = await behindProxy(() => false)
  const run = (change: object) => collaudo(['run', ...providers, '--target', fileWith(change)], secrets)
  expectMended(
    await run({ proxy: 'http://elsewhere.test:3128' }),
    4,
    /expected proxy on one of .*, got elsewhere\.test/,
  )
  expectMended(await run({ proxy: 'http://me:secret@127.0.0.1:1' }), 2, /proxy: .*without credentials/)
  expect(seen.requests).toBe(0)
})
