import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that Linux (32768) and macOS (49152) give to outgoing connections. */
const range = [20_000, 32_767] as const

/**
 * A port that is free now and that no outgoing connection is given later: under load such a connection can take, or even reach
 * itself at, the port of a process that is about to come back.
 */
export const unusedPort = async (): Promise<number> => {
  const port = randomInt(...range)
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return port
  } catch {
    return unusedPort()
  } finally {
    server.close()
  }
}
