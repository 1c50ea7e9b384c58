import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FhirClient } from '../../clients/fhir-client.ts'
import { authorizer } from '../../clients/token.ts'
import { scheduleResource } from '../../generators/fhir/schedule.ts'
import { systemNames } from '../../model/system.ts'
import { startTwin } from '../../twin/start-twin.ts'
import type { Twin } from '../../twin/twin.ts'
import { agenda, appointment, puts, slot } from './test-system.ts'

const credentials = { clientId: 'collaudo', clientSecret: 'a secret' }
const timeoutMs = 30_000
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collaudo-twin-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Enough for most: `recup` and what it needs. */
const few = ['recup', 'prescriptions'] as const

const start = (name: string, more: Partial<Parameters<typeof startTwin>[0]> = {}): Promise<Twin> =>
  startTwin({ systems: few, defects: [], dataDir: join(folder, name), credentials, ...more })

const clientOf = (twin: Twin): FhirClient => {
  const auth = {
    kind: 'client-credentials',
    tokenUrl: twin.tokenUrl,
    clientIdEnv: 'ID',
    clientSecretEnv: 'SECRET',
  } as const
  const authorize = authorizer(auth, { ID: credentials.clientId, SECRET: credentials.clientSecret }, { now: Date.now })
  return new FhirClient({ baseUrl: twin.at('recup').baseUrl, authorize, timeoutMs: 5000 })
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Resolves when the process is gone; a test that waits in vain fails by its time limit. */
const gone = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await new Promise((resolve) => setImmediate(resolve))
}

describe('a twin', { timeout: timeoutMs }, () => {
  it('serves its systems to clients until it is stopped', async () => {
    const twin = await start('serves', { systems: systemNames })
    expect(twin.systems).toEqual(systemNames)
    const recup = clientOf(twin)
    expect((await recup.get('metadata')).status).toBe(200)
    expect((await recup.transaction(puts([{ resourceType: 'Patient', id: 'p1' }]))).status).toBe(200)
    expect((await recup.get('ServiceRequest?requisition=x')).body).toMatchObject({ type: 'searchset', total: 0 })
    expect((await fetch(`${twin.at('prescriptions').baseUrl}/metadata`)).status).toBe(200)
    expect(twin.versions).toMatchObject({ node: process.versions.node, sqlite: expect.any(String) })
    await twin.stop()
    expect([isAlive(twin.at('recup').pid), isAlive(twin.at('prescriptions').pid)]).toEqual([false, false])
  })

  it('keeps its secrets out of the command line', async () => {
    const twin = await start('secrets')
    const { stdout } = spawn('ps', ['-o', 'args=', '-p', String(twin.at('recup').pid)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const line = (await stdout.toArray()).join('')
    expect(line).toContain('recup')
    expect(line).not.toContain(credentials.clientSecret)
    await twin.stop()
  })

  it('is a usage failure when a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await expect(start('busy', { ports: { recup: port, prescriptions: 0 } })).rejects.toMatchObject({
      kind: 'usage',
      message: `expected port ${port} free for recup, got EADDRINUSE`,
      hint: expect.stringContaining(String(port)),
    })
    other.close()
  })

  it('shows the last words of a system that cannot start', async () => {
    const defects = [{ kind: 'lost-ack', shareRatio: 2 }] as const
    await expect(start('broken', { defects })).rejects.toMatchObject({
      kind: 'crashed',
      message: expect.stringContaining('expected --defect KIND=SHARE with a share of 0 to 1, got lost-ack=2'),
    })
  })

  it('tells when a system dies', async () => {
    const twin = await start('dies')
    process.kill(twin.at('recup').pid, 'SIGKILL')
    expect(await twin.died).toMatchObject({
      kind: 'crashed',
      message: 'expected recup of the twin to run, got SIGKILL',
    })
    await twin.stop()
  })
})

describe('SIGKILL in the middle of writing', { timeout: timeoutMs }, () => {
  it('loses nothing that was acknowledged', async () => {
    const before = await start('durable')
    const client = clientOf(before)
    const basis = [
      { resourceType: 'Location', id: 'collaudo-loc-0' },
      { resourceType: 'Patient', id: 'p1' },
      scheduleResource(agenda),
    ] as const
    await client.transaction(puts([...basis, slot(0)]))
    const acknowledged: string[] = []
    let next = 0
    const write = async (): Promise<void> => {
      for (;;) {
        const number = next++
        const id = `ap${number}`
        const answer = await client.transaction(puts([{ ...appointment(number, 'booked', 0), id }], 'transaction'))
        if (answer.status === 200) acknowledged.push(id)
        if (acknowledged.length === 500) process.kill(before.at('recup').pid, 'SIGKILL')
      }
    }
    const ends = await Promise.allSettled(Array.from({ length: 16 }, write))
    expect(ends.map(({ status }) => status)).not.toContain('fulfilled')
    await before.stop()

    const after = await start('durable')
    const kept = new Set<string | undefined>()
    for await (const { id } of clientOf(after).search('Appointment?_tag=run1&_count=200')) kept.add(id)
    await after.stop()
    expect(acknowledged.length).toBeGreaterThanOrEqual(500)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  })
})

describe('the processes of a twin', { timeout: timeoutMs }, () => {
  const program = `
    import { startTwin } from ${JSON.stringify(new URL('../../twin/start-twin.ts', import.meta.url).href)}
    const twin = await startTwin({ systems: ['recup', 'prescriptions'], defects: [], dataDir: process.argv[1], credentials: ${JSON.stringify(credentials)} })
    process.stdout.write(twin.at('recup').pid + ' ' + twin.at('prescriptions').pid)
  `

  it.each(['SIGKILL', 'SIGTERM'] as const)('end with the process that started them, also by %s', async (signal) => {
    const args = ['--input-type=module', '--eval', program, join(folder, signal)]
    const parent: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [chunk] = parent.stdout ? await once(parent.stdout, 'data') : []
    const pids = String(chunk).split(' ').map(Number)
    expect(pids.map(isAlive)).toEqual([true, true])
    parent.kill(signal)
    await Promise.all(pids.map(gone))
  })

  it('end with one that dies before they are up, and make no folder that was removed with it', async () => {
    const dataDir = join(folder, 'early')
    const early = `
      import { writeSync } from 'node:fs'
      import { startProcess } from ${JSON.stringify(new URL('../../twin/start-process.ts', import.meta.url).href)}
      const env = { TWIN_CLIENT_ID: 'a', TWIN_CLIENT_SECRET: 'a', TWIN_LINK_CLIENT_ID: 'b', TWIN_LINK_CLIENT_SECRET: 'b' }
      const args = ['imaging', '--data', ${JSON.stringify(dataDir)}]
      await startProcess({ name: 'imaging', program: 'main.ts', port: 0, args, env, log: () => {} }, (_, pid) => {
        writeSync(1, String(pid))
        process.kill(process.pid, 'SIGKILL')
      })
    `
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', early], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [pid] = await once(parent.stdout, 'data')
    await gone(Number(String(pid)))
    expect(existsSync(dataDir)).toBe(false)
  })
})
