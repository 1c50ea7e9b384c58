import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { SlowRequests } from '../../runner/slow-requests.ts'

/** A server that takes connections and keeps what comes on each. */
const listening = async () => {
  const taken: { readonly socket: Socket; text: string }[] = []
  const server = createServer((socket) => {
    const connection = { socket, text: '' }
    taken.push(connection)
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        connection.text += bytes
        server.emit('text')
      })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const { socket } of taken) socket.destroy()
    server.close()
  })
  const until = async (is: () => boolean) => {
    while (!is()) await Promise.race([once(server, 'text'), once(server, 'connection')])
  }
  return { taken, until, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`, server }
}

const spec = { connections: 4, everyMs: 1000 }

describe('requests that are never finished', () => {
  test('stop in their header or in their body, and send a byte each time', async () => {
    const { baseUrl, taken, until } = await listening()
    const slow = new SlowRequests([baseUrl], spec, () => 0)
    slow.tick()
    await until(() => taken.length === 4 && taken.every(({ text }) => text !== ''))
    const before = taken.map(({ text }) => text.length)
    slow.tick()
    slow.tick()
    await until(() => taken.every(({ text }, index) => text.length === (before[index] ?? 0) + 2))
    const inBody = taken.filter(({ text }) => text.includes('\r\n\r\n'))
    expect(inBody.map(({ text }) => text.endsWith('\r\n\r\naa'))).toEqual([true, true])
    expect(taken.filter(({ text }) => /\r\nX-Slow: aa$/.test(text)).length).toBe(2)
    expect(slow.stop()).toMatchObject({ connections: 4, opened: 4, ended: 0, refused: 0 })
  })

  test('are opened anew when the server ends them, and told how long they were held', async () => {
    const { baseUrl, taken, until } = await listening()
    let nowMs = 0
    const slow = new SlowRequests([baseUrl], { ...spec, connections: 1 }, () => nowMs)
    slow.tick()
    await until(() => taken[0]?.text !== undefined && taken[0].text !== '')
    nowMs = 7000
    taken[0]?.socket.destroy()
    while (taken.length < 2) {
      slow.tick()
      await new Promise(setImmediate)
    }
    await until(() => taken[1]?.text !== '')
    nowMs = 8000
    expect(slow.stop()).toEqual({ connections: 1, opened: 2, ended: 1, refused: 0, longestHeldMs: 7000 })
  })

  test('are counted where nobody listens', async () => {
    const { baseUrl, server } = await listening()
    server.close()
    await once(server, 'close')
    const slow = new SlowRequests([baseUrl], { ...spec, connections: 2 }, () => 0)
    while (slow.result.refused < 4) {
      slow.tick()
      await new Promise(setImmediate)
    }
    expect(slow.stop()).toMatchObject({ connections: 2, opened: 0, ended: 0, longestHeldMs: 0 })
  })
})
