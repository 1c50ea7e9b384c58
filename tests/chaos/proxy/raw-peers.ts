import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A server of raw connections for the time of a test. */
export const rawServer = async (onConnection: (socket: Socket) => void) => {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, sockets }
}

/** Sends back what it gets. */
export const echoServer = () => rawServer((socket) => socket.pipe(socket))

/** A client that keeps what it gets. */
export class RawClient {
  readonly socket: Socket
  /** Code of the error, or `end` when the other side has ended. */
  readonly ended: Promise<string>
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.socket.on('data', (chunk) => {
      this.#chunks.push(chunk)
      this.#bytes += chunk.length
      this.socket.emit('got')
    })
    this.ended = new Promise((resolve) => {
      this.socket.once('end', () => resolve('end'))
      this.socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    })
    onTestFinished(() => {
      this.socket.destroy()
    })
  }

  get got(): Buffer {
    this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0] ?? Buffer.alloc(0)
  }

  /** Resolves when so many bytes came in all. */
  async has(bytes: number): Promise<Buffer> {
    while (this.#bytes < bytes) await once(this.socket, 'got')
    return this.got
  }

  /** Sends and waits for the echo. */
  async echoed(text: string): Promise<void> {
    const before = this.#bytes
    this.socket.write(text)
    await this.has(before + text.length)
  }
}
