import type { Server } from 'node:http'
import type { OrderAnswer, Ordered } from './tell.ts'

export interface ServeOptions {
  readonly port: number
  readonly host: string
  /** Ends what the server works with, once its last request is answered. */
  readonly close: () => void
  /** Carries an order of the parent out. */
  readonly obey: (order: object) => Promise<void>
}

const drainMs = 2000

/**
 * Serves until SIGTERM. Under a parent with an IPC channel it says `{ port }` when it listens, or `{ code }` when it cannot,
 * obeys its orders, ends with it, and leaves Ctrl-C, which reaches both, to it.
 */
export const serve = (server: Server, { port, host, close, obey }: ServeOptions): void => {
  const stop = (): void => {
    server.close(() => {
      close()
      process.exit(0)
    })
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), drainMs).unref()
  }
  server.on('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
    if (process.connected) process.send?.({ code: error.code }, () => process.disconnect())
  })
  server.listen({ port, host, backlog: 4096 }, () => {
    const address = server.address()
    if (process.connected && typeof address === 'object') process.send?.({ port: address?.port })
  })
  process.on('message', ({ id, order }: Ordered) => {
    const answer = (error?: unknown): void => {
      const said: OrderAnswer = { id, ...(error !== undefined && { error: String(Object(error).message ?? error) }) }
      if (process.connected) process.send?.(said)
    }
    obey(order).then(() => answer(), answer)
  })
  process.once('SIGTERM', stop)
  process.on('SIGINT', () => process.connected || stop())
  process.once('disconnect', () => process.exit(0))
  // A parent that died before anybody listened for it.
  if (process.send && !process.connected) process.exit(0)
}
