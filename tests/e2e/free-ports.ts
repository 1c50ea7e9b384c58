import { createServer } from 'node:net'
import { standing } from '../../model/component.ts'

const listen = (port: number) =>
  new Promise<ReturnType<typeof createServer> | undefined>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })

const closed = (server: ReturnType<typeof createServer> | undefined): Promise<void> =>
  new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()))

/** A port that is free and so are the next ones, one for each system and one for tokens, as `up` wants them. */
export const freePorts = async (): Promise<number> => {
  const first = await listen(0)
  const address = first?.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const others = await Promise.all(standing.slice(1).map((_, index) => listen(port + 1 + index)))
  await Promise.all([first, ...others].map(closed))
  return others.every(Boolean) ? port : freePorts()
}
