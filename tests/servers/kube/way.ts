import { connect, createServer, type Socket } from 'node:net'

/** A way to a port on loopback whose connections are counted and can be broken off. */
export interface Way {
  readonly port: number
  sockets(): { readonly open: number; readonly accepted: number }
  breakOff(): void
  close(): Promise<void>
}

/** Opens a way to a port, whether anybody listens there or not. */
export const openWay = async (to: number): Promise<Way> => {
  const open = new Set<Socket>()
  let accepted = 0
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    open.add(near)
    accepted++
    near.on('close', () => {
      open.delete(near)
      far.destroy()
    })
    far.on('close', () => near.destroy())
    for (const socket of [near, far]) socket.on('error', () => {})
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const breakOff = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sockets: () => ({ open: open.size, accepted }),
    breakOff,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        breakOff()
      }),
  }
}
