import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { balance } from '../../../twin/balancer/balance.ts'
import { Replica } from '../../../twin/balancer/replica.ts'
import { Rotation } from '../../../twin/balancer/rotation.ts'

const served = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A port of this machine that answers nobody. */
const nowhere = 'http://127.0.0.1:1'

const balanced = async (origins: readonly string[], answerTimeoutMs = 5000) => {
  const replicas = origins.map(
    (origin, index) =>
      new Replica({ name: `recup#${index + 1}`, origin, elapsedMs: () => performance.now(), isBelieved: () => true }),
  )
  const rotation = new Rotation(replicas, answerTimeoutMs)
  const origin = await served((incoming, answer) => void balance(rotation, incoming, answer))
  return { origin, replicas }
}

const echo = async (incoming: IncomingMessage, answer: ServerResponse) => {
  const bytes = await buffer(incoming)
  answer.writeHead(201, { etag: 'W/"7"', 'x-seen': JSON.stringify([incoming.method, incoming.url, incoming.headers]) })
  answer.end(bytes)
}

describe('the balancer', () => {
  it('passes requests and answers on as they are, but for what belongs to a connection', async () => {
    const { origin } = await balanced([await served((...both) => void echo(...both))])
    const sent = Buffer.alloc(3_000_000, 'x')
    const answer = await fetch(`${origin}/fhir/Slot?status=free&_x=%7C`, {
      method: 'PUT',
      headers: { 'if-match': 'W/"6"', authorization: 'Bearer t', 'content-type': 'application/fhir+json' },
      body: sent,
    })
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, 'W/"7"'])
    expect(sent.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
    const [method, url, headers] = JSON.parse(answer.headers.get('x-seen') ?? '')
    expect([method, url]).toEqual(['PUT', '/fhir/Slot?status=free&_x=%7C'])
    expect(headers).toMatchObject({
      'if-match': 'W/"6"',
      authorization: 'Bearer t',
      host: new URL(origin).host,
      'content-length': '3000000',
    })
  })

  it('streams a body without a length', async () => {
    const { origin } = await balanced([await served((...both) => void echo(...both))])
    const body = Readable.toWeb(Readable.from([Buffer.from('one '), Buffer.from('two')])) as ReadableStream
    const answer = await fetch(origin, { method: 'POST', body, duplex: 'half' })
    expect(await answer.text()).toBe('one two')
  })

  it('sends what a replica could not be sent to another one, whatever it is', async () => {
    const { origin, replicas } = await balanced([nowhere, await served((...both) => void echo(...both))])
    for (let times = 0; times < 10; times++) {
      const answer = await fetch(origin, { method: 'POST', body: 'once' })
      expect([answer.status, await answer.text()]).toEqual([201, 'once'])
    }
    expect(replicas.map((replica) => replica.state())).toEqual(['ejected', 'in'])
  })

  it('sends nothing but a GET twice', async () => {
    const seen: string[] = []
    const closing = await served((incoming) => {
      seen.push(`closing ${incoming.method}`)
      incoming.socket.destroy()
    })
    const { origin } = await balanced([closing, await served((...both) => void echo(...both))])
    expect((await fetch(origin)).status).toBe(201)
    const answers = [
      await fetch(origin, { method: 'POST', body: 'a' }),
      await fetch(origin, { method: 'POST', body: 'b' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([502, 201])
    expect(seen).toEqual(['closing GET', 'closing POST'])
    expect(await answers[0]?.json()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ diagnostics: 'expected an answer from recup#1, got none' }],
    })
  })

  it('says so when a replica does not answer in time, ejects it, and asks to come again when none is left', async () => {
    const silent = await served(() => {})
    const { origin, replicas } = await balanced([silent, nowhere], 300)
    expect((await fetch(origin, { method: 'POST', body: 'a' })).status).toBe(504)
    expect(replicas.map((replica) => replica.state())).toEqual(['ejected', 'in'])
    for (const isGood of [false, false]) replicas[1]?.checked(isGood)
    const answer = await fetch(origin)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  })

  it('breaks its answer off where a replica does, and lets go of it when the client does', async () => {
    const half = await served((incoming, answer) => {
      answer.writeHead(200, { 'content-length': '10' })
      answer.write('12345', () => incoming.url === '/cut' && incoming.socket.destroy())
      incoming.socket.once('close', () => left.push(incoming.url))
    })
    const left: (string | undefined)[] = []
    const { origin, replicas } = await balanced([half])
    await expect(fetch(`${origin}/cut`).then((answer) => answer.text())).rejects.toThrow()
    const controller = new AbortController()
    await fetch(`${origin}/left`, { signal: controller.signal })
    controller.abort()
    while (left.length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
    expect([left, replicas[0]?.state()]).toEqual([['/cut', '/left'], 'in'])
  })
})
