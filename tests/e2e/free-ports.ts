import { type AddressInfo, createServer } from 'node:net'

const listen = (port: number) =>
  new Promise<ReturnType<typeof createServer> | undefined>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })

/** A port that is free and whose next one is free too, as `up` wants them. */
export const freePorts = async (): Promise<number> => {
  const first = await listen(0)
  const port = (first?.address() as AddressInfo).port
  const second = await listen(port + 1)
  await Promise.all(
    [first, second].map((server) => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)))),
  )
  return second ? port : freePorts()
}
