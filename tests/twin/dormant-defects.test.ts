import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DueShare } from '../../twin/defects/due-share.ts'
import { lostOnCrash } from '../../twin/defects/lost-on-crash.ts'
import { noTimeoutCall } from '../../twin/defects/no-timeout.ts'
import { makeService } from '../../twin/make-service.ts'
import { readArguments } from '../../twin/read-arguments.ts'
import { startProcess } from '../../twin/start-process.ts'
import { Database } from '../../twin/store/database.ts'
import { makeCalls } from '../../twin/upstream/make-calls.ts'
import { puts } from './test-system.ts'
import { clientOf, folder, testTwin, tunnelTo, until } from './test-twin.ts'

const served = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const
const always = () => new DueShare(1, 0)

describe('recup, when prescriptions do not answer,', () => {
  it('gives up, is spared further tries, works on without them, and is right as soon as they are back', async () => {
    const ways = new Map<string, Awaited<ReturnType<typeof tunnelTo>>>()
    const via = async (way: string, origin: string) => {
      const tunnel = await tunnelTo(origin)
      ways.set(way, tunnel)
      return tunnel.origin
    }
    const client = clientOf(await testTwin({ systems: ['recup', 'prescriptions'], via }))
    const ask = async () => (await client.get('ServiceRequest?requisition=x')).status
    expect(await ask()).toBe(200)
    ways.get('recup→prescriptions')?.hang(true)
    const given = Promise.all(Array.from({ length: 5 }, ask))
    expect((await client.get('Slot?_count=1')).status).toBe(200)
    expect(new Set(await given)).toEqual(new Set([503]))
    const refused = await client.get('ServiceRequest?requisition=x')
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('got 5 failures in a row')])
    ways.get('recup→prescriptions')?.hang(false)
    await until(ask, (status) => status === 200)
  })
})

describe('no-timeout', () => {
  it('makes calls that hang hold up those to systems that answer', async () => {
    const held: (() => void)[] = []
    const hanging = await served((_, answer) => void held.push(() => answer.end()))
    const answering = await served((_, answer) => answer.end())
    const call = noTimeoutCall()
    const hung = Array.from({ length: 4 }, () => call(get(hanging)))
    let isAnswered = false
    const other = call(get(answering)).then(() => {
      isAnswered = true
    })
    await until(
      () => held.length,
      (count) => count === 4,
    )
    expect(isAnswered).toBe(false)
    held[0]?.()
    await other
    for (const release of held) release()
    expect((await Promise.all(hung)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })
})

describe('retry-storm', () => {
  it('asks nine times in place of once, and never stops', async () => {
    let asked = 0
    const failing = await served((_, answer) => {
      asked += 1
      answer.writeHead(503).end()
    })
    const options = { seed: 0, elapsedMs: () => 0, onReturn: () => {} }
    const storm = makeCalls({ ...options, defects: [{ kind: 'retry-storm', shareRatio: 1 }] })()
    for (let times = 0; times < 6; times++) expect((await storm(get(failing))).status).toBe(503)
    expect(asked).toBe(54)
    const usual = makeCalls({ ...options, defects: [] })()
    for (let times = 0; times < 5; times++) expect((await usual(get(failing))).status).toBe(503)
    await expect(usual(get(failing))).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
    expect(asked).toBe(59)
  })
})

describe('slow-recovery', () => {
  const serviceOf = (more: readonly string[]) => {
    let nowMs = 0
    const dir = folder()
    const args = readArguments(['reports', '--data', dir, '--defect', 'slow-recovery=1', ...more])
    const link = { clientId: 'recup', clientSecret: 'secret' }
    const service = makeService(args, { link, now: () => 0, elapsedMs: () => nowMs, schedule: () => {} })
    onTestFinished(() => service.database.close())
    const delayAt = (ms: number) => {
      nowMs = ms
      return service.delayMs?.('GET', '/fhir/Binary/b1')
    }
    return { delayAt }
  }

  it('makes a system late for ninety seconds after its process was started again', () => {
    const { delayAt } = serviceOf(['--restarted'])
    expect([0, 89_999, 90_000].map(delayAt)).toEqual([10_000, 10_000, 0])
    expect(serviceOf([]).delayAt(0)).toBe(0)
  })

  it('begins too when a system that was away answers again', async () => {
    let status = 500
    const other = await served((_, answer) => answer.writeHead(status).end())
    let returns = 0
    const call = makeCalls({ defects: [], seed: 0, elapsedMs: () => 0, onReturn: () => void returns++ })
    const [one, another] = [call(), call()]
    for (let times = 0; times < 4; times++) await one(get(other))
    await another(get(other))
    status = 200
    await one(get(other))
    expect(returns).toBe(0)
    let nowMs = 0
    const watched = makeCalls({ defects: [], seed: 0, elapsedMs: () => nowMs, onReturn: () => void returns++ })()
    status = 500
    for (let times = 0; times < 5; times++) await watched(get(other))
    status = 200
    await watched(get(other)).catch(() => {})
    nowMs = 2000
    await watched(get(other))
    await watched(get(other))
    expect(returns).toBe(1)
  })
})

describe('lost-on-crash', () => {
  const schema = 'CREATE TABLE IF NOT EXISTS thing (name TEXT NOT NULL) STRICT;'

  it('shows a write to everybody at once, and makes it durable later, or at the end', () => {
    const path = join(folder(), 'things.sqlite')
    const later: (() => void)[] = []
    const durability = lostOnCrash(always(), (work) => void later.push(work))
    const database = new Database(path, { schema, durability })
    const disk = new Database(path, { schema })
    const namesIn = ({ sql }: Database) =>
      sql
        .prepare('SELECT name FROM thing ORDER BY rowid')
        .all()
        .map(({ name }) => name)
    const add = (name: string) => database.commit(() => database.sql.prepare('INSERT INTO thing VALUES (?)').run(name))
    add('a')
    add('b')
    const failing = () =>
      database.commit(() => {
        database.sql.prepare('INSERT INTO thing VALUES (?)').run('never')
        throw new Error('refused')
      })
    expect(failing).toThrow('refused')
    expect([namesIn(database), namesIn(disk), later.length]).toEqual([['a', 'b'], [], 1])
    later[0]?.()
    expect(namesIn(disk)).toEqual(['a', 'b'])
    add('c')
    expect(namesIn(disk)).toEqual(['a', 'b'])
    database.close()
    expect(namesIn(disk)).toEqual(['a', 'b', 'c'])
    later[1]?.()
    disk.close()
  })

  it('loses what was confirmed last when the process is killed', async () => {
    const defects = [{ kind: 'lost-on-crash', shareRatio: 1 }] as const
    const twin = await testTwin({ systems: ['emergency'], defects, restartAfterMs: 0 })
    const client = clientOf(twin, 'emergency')
    await client.get('Patient/p1')
    expect((await client.transaction(puts([{ resourceType: 'Patient', id: 'p1' }]))).status).toBe(200)
    const { pid } = twin.at('emergency')
    expect((await client.get('Patient/p1')).status).toBe(200)
    process.kill(pid, 'SIGKILL')
    await until(
      () => twin.pidsOf('emergency'),
      ([now]) => now !== undefined && now !== pid,
    )
    expect((await client.get('Patient/p1')).status).toBe(404)
  })

  it('cannot be had with replicas', async () => {
    const defects = [{ kind: 'lost-on-crash', shareRatio: 1 }] as const
    await expect(testTwin({ replicas: { recup: 2 }, defects })).rejects.toMatchObject({
      kind: 'usage',
      message: 'replicas: expected none of recup with the defect lost-on-crash, got 2',
    })
  })
})

describe('stale-health', () => {
  it.each([
    ['takes no replica out', ['--defect', 'stale-health=1'], ['in', 'in']],
    ['is not there unless it is switched on', [], ['ejected', 'in']],
  ])('%s', async (_, defect, states) => {
    const closing = await served((incoming) => void incoming.socket.destroy())
    const args = ['recup', '--replica', closing, '--replica', closing, ...defect]
    const balancer = await startProcess({
      name: 'b',
      program: 'balancer/main.ts',
      port: 0,
      args,
      env: {},
      log: () => {},
    })
    onTestFinished(() => balancer.stop())
    for (let times = 0; times < 9; times++) {
      expect((await fetch(balancer.origin, { method: 'POST', body: 'x' })).status).toBe(502)
    }
    const { replicas } = Object(await (await fetch(`${balancer.origin}/health`)).json())
    expect(replicas.map(({ state }: { state: string }) => state)).toEqual(states)
  })
})
