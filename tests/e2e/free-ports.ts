import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { standing } from '../../model/component.ts'

/** Below those that Linux gives to connections (from 32,768): one of these can't be taken between the look and the use. */
const candidates = { from: 20_000, below: 32_768 - standing.length } as const

const listen = (port: number) =>
  new Promise<Server | undefined>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })

const closed = (server: Server | undefined): Promise<void> =>
  new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()))

/** A port that is free and so are the next ones, one for each system and one for tokens, as `up` wants them. */
export const freePorts = async (): Promise<number> => {
  const port = randomInt(candidates.from, candidates.below)
  const servers = await Promise.all(standing.map((_, index) => listen(port + index)))
  await Promise.all(servers.map(closed))
  return servers.every(Boolean) ? port : freePorts()
}
