import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeCertificates } from '../../../chaos/proxy/certificates.ts'
import { startFaultProxy } from '../../../chaos/proxy/fault-proxy.ts'
import type { LinkSpec } from '../../../chaos/proxy/link-spec.ts'
import { httpServer, known } from './http-peers.ts'
import { linesOf, temporaryFolder } from './proxy-here.ts'
import { echoServer, RawClient } from './raw-peers.ts'

const component = 'clients→recup'
const partition = { kind: 'partition', component } as const

const started = async () => {
  const effectsFile = join(await temporaryFolder(), 'effects.ndjson')
  const proxy = await startFaultProxy({ seed: 1, effectsFile, log: () => undefined })
  onTestFinished(() => proxy.stop())
  return { proxy, effectsFile }
}

describe('the fault proxy', () => {
  it('answers a restoration while connections are blocked, and says when faults began and ended', async () => {
    const { proxy, effectsFile } = await started()
    const { port } = await proxy.open({ name: component, upstream: await echoServer() })
    const clients = Array.from({ length: 20 }, () => new RawClient(port))
    await Promise.all(clients.map((client) => client.echoed('a')))
    const beforeMs = Date.now()
    const injected = await proxy.inject({ id: 'f1', links: [component], fault: partition })
    for (const client of clients) client.socket.write(Buffer.alloc(500_000))
    const restored = await proxy.restore('f1')
    const times = [beforeMs, injected.atUnixMs, restored.atUnixMs, Date.now()]
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    await Promise.all(clients.map((client) => client.has(500_001)))
    expect(Object.keys(await proxy.restore('f1'))).toEqual(['atUnixMs'])
    expect((await proxy.counts())[component]).toMatchObject({ open: 20, hits: { f1: 20 } })
    await proxy.stop()
    expect(linesOf(effectsFile)).toHaveLength(20)
    await expect(proxy.counts()).rejects.toThrow('expected a running fault proxy for counts, got one that has ended')
  })

  it('ends with the process that started it', async () => {
    const file = new URL('../../../chaos/proxy/fault-proxy.ts', import.meta.url)
    const options = JSON.stringify({ seed: 1, effectsFile: join(await temporaryFolder(), 'effects.ndjson') })
    const script = `import { startFaultProxy } from ${JSON.stringify(file.href)}
      const proxy = await startFaultProxy({ ...${options}, log: () => undefined })
      process.stdout.write(String(proxy.pid))`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [pid] = await once(parent.stdout, 'data')
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(Number(String(pid))), { interval: 5, timeout: 10_000 }).toBe(false)
  })

  it.each(['effects.ndjson', 'missing/effects.ndjson'])(
    'ends when whoever starts it dies before it is up, its effects in %s',
    async (name) => {
      const file = new URL('../../../chaos/proxy/fault-proxy.ts', import.meta.url)
      const options = JSON.stringify({ seed: 1, effectsFile: join(await temporaryFolder(), name) })
      const script = `import { writeSync } from 'node:fs'
      import { startFaultProxy } from ${JSON.stringify(file.href)}
      const started = (pid) => {
        writeSync(1, String(pid))
        process.kill(process.pid, 'SIGKILL')
      }
      await startFaultProxy({ ...${options}, log: () => undefined, started })`
      const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const [pid] = await once(parent.stdout, 'data')
      await expect.poll(() => isAlive(Number(String(pid))), { interval: 5, timeout: 10_000 }).toBe(false)
    },
  )

  it('refuses what it cannot do, and goes on', async () => {
    const { proxy } = await started()
    const upstream = await echoServer()
    await proxy.open({ name: component, upstream })
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = Object(taken.address())
    const inject = (fault: Parameters<typeof proxy.inject>[0]['fault'], link = component) =>
      proxy.inject({ id: 'f1', links: [link], fault })
    const refusals = [
      proxy.open({ name: component, upstream }),
      proxy.open({ name: 'other', upstream, port }),
      inject(partition, 'recup#1'),
      inject({ kind: 'expired-certificate', component }),
      inject({ kind: 'dns-failure', component }),
      inject({ kind: 'http-error', component, status: 500, route: { pathPattern: '(' } }),
    ].map((refused) => refused.catch((error) => `${error.name}: ${error.message}`))
    expect(
      (await Promise.all(refusals)).map((text) =>
        String(text).replace(String(port), 'PORT').replace(String(port), 'PORT'),
      ),
    ).toMatchInlineSnapshot(`
      [
        "Error: expected a new name for a link, got clients→recup a second time",
        "Failure: expected port PORT free for the link other, got EADDRINUSE",
        "Error: expected one of the links clients→recup, got recup#1",
        "Failure: expected a link with TLS for expired-certificate on clients→recup, got clients→recup, which is spoken to in plain HTTP",
        "Error: expected a fault that a proxy makes, in injection f1, got dns-failure",
        "Failure: expected a regular expression as pathPattern of http-error on clients→recup, got (",
      ]
    `)
    await inject(partition)
    await expect(inject(partition)).rejects.toThrow('expected a new id for an injection, got f1, which is active')
    await proxy.restore('never injected')
  })

  it('does not start when its effects cannot be written', async () => {
    const effectsFile = join(await temporaryFolder(), 'missing', 'effects.ndjson')
    const starting = startFaultProxy({ seed: 1, effectsFile, log: () => undefined })
    await expect(starting).rejects.toMatchObject({ name: 'Failure', kind: 'crashed' })
  })
})

describe('a link with TLS', () => {
  const { ca, ...tls } = makeCertificates(Date.now())

  it('shows an expired certificate while that is injected, and resets connections like others', async () => {
    const { proxy, effectsFile } = await started()
    const spec: LinkSpec = { name: component, upstream: await httpServer(known), tls }
    const { port } = await proxy.open(spec)
    const closed = () => expect.poll(async () => (await proxy.counts())[component]?.open, { interval: 2 }).toBe(0)
    const ask = async () => {
      const sent = request({ port, host: '127.0.0.1', ca, agent: false })
      sent.end()
      try {
        const [response] = await once(sent, 'response')
        return (await buffer(response)).toString('latin1', 0, 5)
      } finally {
        await closed()
      }
    }
    const code = (error: NodeJS.ErrnoException) => error.code
    const restore = () => proxy.restore('f1')
    expect(await ask()).toBe('GET /')
    await proxy.inject({ id: 'f1', links: [component], fault: { kind: 'expired-certificate', component } })
    expect(await ask().catch(code)).toBe('CERT_HAS_EXPIRED')
    await restore()
    expect(await ask()).toBe('GET /')
    await proxy.inject({ id: 'f1', links: [component], fault: { kind: 'reset', component } })
    expect(await ask().catch(code)).toBe('ECONNRESET')
    await restore()
    await proxy.inject({ id: 'f1', links: [component], fault: partition })
    const held = ask()
    await expect.poll(async () => (await proxy.counts())[component]?.opened, { interval: 5 }).toBe(5)
    await restore()
    expect(await held).toBe('GET /')
    await proxy.inject({ id: 'f2', links: [component], fault: { kind: 'http-error', component, status: 503 } })
    expect(await ask()).toBe('{"res')
    await proxy.stop()
    expect(linesOf(effectsFile).map(({ id, kind }) => [id, kind])).toEqual([
      ['f1', 'expired-certificate'],
      ['f1', 'reset'],
      ['f1', 'partition'],
      ['f2', 'http-error'],
    ])
  })
})

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
