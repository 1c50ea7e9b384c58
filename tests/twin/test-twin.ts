import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { FhirClient } from '../../clients/fhir-client.ts'
import { authorizer } from '../../clients/token.ts'
import { startTwin } from '../../twin/start-twin.ts'
import type { Twin } from '../../twin/twin.ts'
import type { TwinOptions } from '../../twin/twin-options.ts'

export const credentials = { clientId: 'collaudo', clientSecret: 'a secret' }

/** A folder that is there until `after` runs what it is given. */
export const folder = (after: (remove: () => void) => void = onTestFinished): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-twin-'))
  after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A twin until the end of the test, in a folder of its own unless one is given. */
export const testTwin = async (options: Partial<TwinOptions>): Promise<Twin> => {
  const twin = await startTwin({ defects: [], credentials, ...options, dataDir: options.dataDir ?? folder() })
  onTestFinished(() => twin.stop())
  return twin
}

export const authorizeBy = (twin: Twin) => {
  const auth = {
    kind: 'client-credentials',
    tokenUrl: twin.tokenUrl,
    clientIdEnv: 'ID',
    clientSecretEnv: 'SECRET',
  } as const
  return authorizer(auth, { ID: credentials.clientId, SECRET: credentials.clientSecret }, { now: Date.now })
}

export const clientOf = (twin: Twin, system: 'recup' | 'emergency' | 'prescriptions' = 'recup'): FhirClient =>
  new FhirClient({ baseUrl: twin.at(system).baseUrl, authorize: authorizeBy(twin), timeoutMs: 20_000 })

/** Asks again until the answer is the wanted one; a test that waits in vain fails by its time limit. */
export const until = async <T>(ask: () => T | Promise<T>, isWanted: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = await ask()
    if (isWanted(answer)) return answer
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export interface Tunnel {
  readonly origin: string
  /** Connections that came so far. */
  connections(): number
  /** From now on connections are taken, and what they send goes nowhere; or all goes on. */
  hang(isHanging: boolean): void
}

/** A way through which bytes go as they are. */
export const tunnelTo = async (origin: string): Promise<Tunnel> => {
  let connections = 0
  let isHanging = false
  const open = new Set<Socket>()
  const server = createServer((near) => {
    connections += 1
    const far = connect(Number(new URL(origin).port), '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('data', (bytes) => isHanging || other.write(bytes))
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    hang(now) {
      isHanging = now
    },
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
