import { createServer } from 'node:net'

const listen = (port: number) =>
  new Promise<ReturnType<typeof createServer> | undefined>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })

const closed = (server: ReturnType<typeof createServer> | undefined): Promise<void> =>
  new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()))

/** A port that is free and whose next one is free too, as `up` wants them. */
export const freePorts = async (): Promise<number> => {
  const first = await listen(0)
  const address = first?.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const second = await listen(port + 1)
  await closed(first)
  await closed(second)
  return second ? port : freePorts()
}
