import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expectMended } from './expect-mended.ts'
import { collaudo, type Ended } from './start-collaudo.ts'

const shortRun = ['run', 'recup-day', '--day', 'sunday', '--from', '03:00', '--to', '03:01']

/** A target file with some lines changed. */
const targetFile = (change: Readonly<Record<string, unknown>>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-target-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'target.yaml')
  const target = {
    schemaVersion: 1,
    name: 'somewhere',
    environment: 'staging',
    allowedHosts: ['127.0.0.1'],
    requestTimeoutMs: 500,
    systems: { recup: { baseUrl: 'http://127.0.0.1:9/fhir' } },
    ...change,
  }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(target))
  return file
}

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const httpTarget = async (
  listener: RequestListener,
  change: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const server = createHttpServer(listener)
  onTestFinished(() => server.closeAllConnections())
  const url = `http://127.0.0.1:${await listening(server)}`
  return targetFile({ systems: { recup: { baseUrl: `${url}/fhir` } }, ...change })
}

describe('bad input ends with its exit code, one message and its mend, and leaves nothing', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['unknown command', ['bogus'], /unknown command 'bogus'/],
    ['unknown option', ['run', 'recup-day', '--fron', '09:00'], /unknown option '--fron'[\s\S]*--from/],
    ['unknown scenario', ['run', 'nope'], /expected a scenario of recup-day, .*regional-day.*, got nope/],
    [
      'impossible slice',
      ['plan', 'recup-day', '--from', '10:00', '--to', '09:00'],
      /--to: expected a time after --from 10:00, got 09:00/,
    ],
    ['a date that does not exist', ['plan', 'recup-day', '--day', '2026-13-45'], /--day: expected .*got 2026-13-45/],
    [
      'unknown target',
      ['run', 'recup-day', '--target', 'nope'],
      /expected a target of .*embedded.*, or the path of a YAML file, got nope/,
    ],
    ['unknown defect', ['run', 'recup-day', '--defect', 'nope=1%'], /--defect: expected one of double-booking/],
    ['no such run', ['report', 'nope'], /expected a run record in runs\/nope\/run.json/],
    [
      'prepare without a lasting target',
      ['prepare', 'recup-day', '--target', 'embedded'],
      /expected a target that lasts/,
    ],
    [
      'a time limit that is none',
      ['run', 'recup-day', '--timeout', 'soon'],
      /--timeout: expected a duration .*got soon/,
    ],
    [
      'clean without a lasting target',
      ['clean', '--target', 'embedded', '--run', 'r1'],
      /expected a target that lasts, got embedded/,
    ],
    ['a kill of collaudo on a target that is not there', ['chaos', 'runner-dies', '--target', 'nope'], /got nope/],
    [
      'a time limit for a run that is killed',
      ['chaos', 'runner-dies', '--timeout', '90s'],
      /expected no --timeout with runner-dies/,
    ],
    ['bad port', ['up', '--port', '0'], /--port: expected a port/],
    [
      'images that would fill the disk of the twin',
      ['run', 'imaging-day', '--image-size', 'heavy', '--scale', '20'],
      /expected \d+\.\d GB free for the documents and images of the twin, got \d+\.\d GB[\s\S]*--image-size small/,
    ],
  ])('%s', async (_, args, message) => {
    expectMended(await collaudo(args), 2, message)
  })

  test.each<[string, readonly string[], RegExp]>([
    ['out of order', ['2026-11-23T09:00:10+01:00,web', '2026-11-23T09:00:00+01:00,web'], /line 3: expected no earlier/],
    ['there twice', ['2026-11-23T09:00:00Z,web', '2026-11-23T09:00:00Z,web'], /line 3: expected another arrival/],
    ['that cannot be read', ['yesterday,web'], /line 2: expected a timestamp .*got yesterday/],
    ['that is still to come', ['2999-01-01T09:00:00Z,web'], /line 2: expected an instant that is past/],
  ])('a replay with a row %s', async (_, rows, message) => {
    const file = join(mkdtempSync(join(tmpdir(), 'collaudo-replay-')), 'log.csv')
    onTestFinished(() => rmSync(dirname(file), { recursive: true }))
    writeFileSync(file, ['timestamp,stream', ...rows].join('\n'))
    expectMended(await collaudo(['run', 'recup-day', '--replay', file]), 2, message)
  })

  test('a replay beside a slice', async () => {
    const ended = await collaudo(['run', 'recup-day', '--replay', 'log.csv', '--day', 'monday', '--scale', '2'])
    expectMended(ended, 2, /--day: expected none with --replay[\s\S]*--scale: expected none with --replay/)
  })

  test('unknown keys in a target are all named, with their path', async () => {
    const file = targetFile({ systems: { recup: { baseUrl: 'http://127.0.0.1:9/fhir', port: 1 } }, colour: 'red' })
    const ended = await collaudo([...shortRun, '--target', file])
    expectMended(ended, 2, /colour/)
    expect(ended.stderr).toMatch(/systems\.recup[\s\S]*port/)
  })

  test('a file that is not YAML', async () => {
    const file = targetFile({})
    writeFileSync(file, 'a: [1')
    expectMended(await collaudo([...shortRun, '--target', file]), 2, /expected a target in YAML in/)
  })

  test('a target that is not there', async () => {
    const closed = createServer()
    const baseUrl = `http://127.0.0.1:${await listening(closed)}/fhir`
    await new Promise((resolve) => closed.close(resolve))
    const file = targetFile({ systems: { recup: { baseUrl } } })
    expectMended(await collaudo([...shortRun, '--target', file]), 2, /expected recup at http.*, got ECONNREFUSED/)
  })

  test('a target that answers HTML', async () => {
    const file = await httpTarget((_, response) => response.end('<html>Sign in</html>'))
    expectMended(await collaudo([...shortRun, '--target', file]), 2, /expected a CapabilityStatement .*got 200 <html>/)
  })

  test('a target that hangs', async () => {
    const file = await httpTarget(() => {})
    expectMended(await collaudo([...shortRun, '--target', file]), 2, /got no answer in time/)
  })

  test('wrong credentials', async () => {
    const file = await httpTarget(
      (request, response) => {
        const isOpen = request.url?.endsWith('/metadata')
        response.writeHead(isOpen ? 200 : 401, { 'content-type': 'application/fhir+json' })
        response.end(
          JSON.stringify(isOpen ? { resourceType: 'CapabilityStatement' } : { resourceType: 'OperationOutcome' }),
        )
      },
      { auth: { kind: 'bearer', tokenEnv: 'SOME_TOKEN' } },
    )
    const ended = await collaudo([...shortRun, '--target', file], { SOME_TOKEN: 'secret-of-nobody' })
    expectMended(ended, 2, /got 401/)
    expect(ended.stderr).toContain('check the credentials')
    expect(ended.stderr).not.toContain('secret-of-nobody')
  })

  test('a token endpoint that refuses the credentials', async () => {
    const env = { SOME_ID: 'me', SOME_SECRET: 'secret-of-nobody' }
    const tokens = createHttpServer((_, response) => response.writeHead(401).end('{"error":"invalid_client"}'))
    const tokenUrl = `http://127.0.0.1:${await listening(tokens)}/token`
    const auth = { kind: 'client-credentials', tokenUrl, clientIdEnv: 'SOME_ID', clientSecretEnv: 'SOME_SECRET' }
    const ended = await collaudo([...shortRun, '--target', targetFile({ auth })], env)
    expectMended(ended, 2, /expected an access token from .*\/token, got 401/)
    expect(ended.stderr).not.toContain('secret-of-nobody')
  })

  test('a target that goes away while it is loaded', async () => {
    const file = await httpTarget(({ method, url }, response) => {
      if (method === 'POST') response.destroy()
      else response.end(JSON.stringify({ resourceType: url?.endsWith('/metadata') ? 'CapabilityStatement' : 'Bundle' }))
    })
    expectMended(await collaudo([...shortRun, '--target', file]), 2, /to take \d+ resources, got /)
  })

  test('clean of shared data of a run that is not known', async () => {
    const ended = await collaudo(['clean', '--target', targetFile({}), '--run', 'r1', '--shared'])
    expectMended(ended, 2, /--shared: expected a run with a record, which knows its seed, got r1/)
  })

  test('clean of a production target', async () => {
    const ended = await collaudo(['clean', '--target', targetFile({ environment: 'production' }), '--run', 'r1'])
    expectMended(ended, 4, /expected a target that is not production/)
  })

  test('a time limit that ends before the load begins', async () => {
    const ended = await collaudo(['run', 'recup-day', '--day', 'monday', '--timeout', '1s'])
    expectMended(ended, 3, /expected the load to begin within --timeout, got no load after 1 s/)
  })

  test('a secret that is not set', async () => {
    const file = targetFile({ auth: { kind: 'bearer', tokenEnv: 'NO_SUCH_TOKEN' } })
    expectMended(
      await collaudo([...shortRun, '--target', file]),
      2,
      /expected a secret in the environment variable NO_SUCH_TOKEN, got none/,
    )
  })

  test('a defect on a target that is not the twin', async () => {
    expectMended(
      await collaudo([...shortRun, '--target', targetFile({}), '--defect', 'lost-ack=1%']),
      2,
      /--defect only on the embedded target/,
    )
  })

  test('a busy port', async () => {
    const port = await listening(createServer())
    expectMended(await collaudo(['up', '--port', String(port)]), 2, /EADDRINUSE/)
  })

  test('k6 missing', async () => {
    const { exitCode, stderr } = await collaudo(shortRun, { COLLAUDO_K6: '/nowhere/k6' })
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/collaudo: expected .*k6.*\/nowhere\/k6/)])
  })

  test('a folder that holds files', async () => {
    expectMended(
      await collaudo(['plan', 'recup-day', '--out', '/etc']),
      2,
      /--out: expected an empty folder, got \/etc/,
    )
  })

  test('a disk that is full', async () => {
    const mount = mkdtempSync(join(tmpdir(), 'collaudo-full-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', mount])
    onTestFinished(() => {
      execFileSync('umount', [mount])
      rmSync(mount, { recursive: true })
    })
    const ended = await collaudo([
      'plan',
      'recup-day',
      '--day',
      'monday',
      '--from',
      '09:00',
      '--to',
      '10:00',
      '--out',
      join(mount, 'plan'),
    ])
    expectMended(ended, 2, /expected room on the disk, got none/)
    expect(existsSync(join(mount, 'plan', 'plan.json'))).toBe(false)
  })
})

describe('a guard rail refuses with exit 4 before the first request', () => {
  test('a scenario that attacks, on a target that does not allow it by name', async () => {
    const auth = { kind: 'bearer', tokenEnv: 'TOKEN' }
    const target = targetFile({ auth, systems: { reports: { baseUrl: 'http://127.0.0.1:9/fhir' } } })
    const ended = await collaudo(['run', 'hostile-traffic', '--target', target])
    expectMended(ended, 4, /expected a target that allows hostile-traffic.*got somewhere without/)
  })

  const counted = async (
    change: Readonly<Record<string, unknown>>,
  ): Promise<Ended & { dir: string; requests: number }> => {
    let requests = 0
    const file = await httpTarget((_, response) => {
      requests++
      response.end()
    }, change)
    return { ...(await collaudo([...shortRun, '--target', file])), requests }
  }

  test('production', async () => {
    const ended = await counted({ environment: 'production' })
    expectMended(ended, 4, /expected a target that is not production/)
    expect(ended.requests).toBe(0)
  })

  test('a host that is not in the allow-list', async () => {
    const ended = await counted({ allowedHosts: ['staging.example'] })
    expectMended(ended, 4, /expected systems.recup.baseUrl on one of staging.example, got 127.0.0.1/)
    expect(ended.requests).toBe(0)
  })
})
