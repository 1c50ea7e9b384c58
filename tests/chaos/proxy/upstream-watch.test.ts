import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { startFaultProxy } from '../../../chaos/proxy/fault-proxy.ts'
import { unusedPort } from '../../../clients/unused-port.ts'

const listening = async (port: number): Promise<Server> => {
  const server = createServer((socket) => socket.on('error', () => {}).end('hello'))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** What a client is told: `hello`, or why not. */
const ask = (port: number): Promise<string> =>
  new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''))
    socket.once('end', () => resolve(said))
  })

const until = async (port: number, wanted: string): Promise<string> => {
  for (let tries = 0; tries < 200; tries++) {
    if ((await ask(port)) === wanted) break
    await sleep(20)
  }
  return ask(port)
}

it('a link refuses while nobody listens behind it, and takes connections again at the same port', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'collaudo-proxy-'))
  const upstream = await unusedPort()
  const server = await listening(upstream)
  const proxy = await startFaultProxy({ seed: 1, effectsFile: join(folder, 'effects.ndjson'), log: () => {} })
  onTestFinished(async () => {
    await proxy.stop()
    rmSync(folder, { recursive: true })
  })
  const { port } = await proxy.open({ name: 'clients→recup', upstream: { host: '127.0.0.1', port: upstream } })
  expect(await ask(port)).toBe('hello')
  server.close()
  await once(server, 'close')
  expect(await until(port, 'ECONNREFUSED')).toBe('ECONNREFUSED')
  const back = await listening(upstream)
  onTestFinished(() => {
    back.close()
  })
  expect((back.address() as AddressInfo).port).toBe(upstream)
  expect(await until(port, 'hello')).toBe('hello')
})
