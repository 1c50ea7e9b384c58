import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { CpuPressure } from './faults/cpu-pressure.ts'
import { isFaultOrder, isRestOrder } from './faults/inside-fault.ts'
import { makeFault } from './faults/make-fault.ts'
import { MemoryPressure } from './faults/memory-pressure.ts'
import { rest } from './faults/rest.ts'
import { SkewedClock } from './faults/skewed-clock.ts'
import { isWriteOrder, tryWrite } from './faults/try-write.ts'
import { AccessTokens, type Client } from './http/access-tokens.ts'
import { identityApp } from './http/identity-app.ts'
import { systemApp } from './http/system-app.ts'
import { makeService } from './make-service.ts'
import { readArguments } from './read-arguments.ts'
import { serve } from './serve.ts'

/**
 * One system of the twin as a process, or `identity`: `node main.ts SYSTEM --port N --data DIR …`. Secrets come by environment.
 */

const idleConnectionMs = 120_000

const clientOf = (name: string): Client => {
  const clientId = process.env[`${name}_CLIENT_ID`]
  const clientSecret = process.env[`${name}_CLIENT_SECRET`]
  if (clientId && clientSecret) return { clientId, clientSecret }
  throw new Error(`expected the environment variables ${name}_CLIENT_ID and ${name}_CLIENT_SECRET, got none`)
}

const options = readArguments(process.argv.slice(2))
const link = clientOf('TWIN_LINK')
const clock = new SkewedClock(Date.now)
const now = () => clock.now()
const appOptions = {
  tokens: new AccessTokens([clientOf('TWIN'), link], now, options.tokenLifetimeS),
  now,
  log: (line: string) => process.stderr.write(`${line}\n`),
  sleep,
  versions: { node: process.versions.node, sqlite: process.versions['sqlite'] ?? 'unknown' },
}
const timing = {
  elapsedMs: () => performance.now(),
  schedule: (work: () => void, afterMs: number) => void setTimeout(work, afterMs),
}
const service = options.name === 'identity' ? undefined : makeService(options, { link, now, ...timing })
const app = service ? systemApp(service, appOptions) : identityApp(appOptions)
const server = createAdaptorServer({
  fetch: app.fetch,
  serverOptions: { keepAliveTimeout: idleConnectionMs },
}) as Server

const breakable = { cpu: new CpuPressure(), memory: new MemoryPressure(), clock, database: service?.database }
const obey = async (order: object): Promise<void> => {
  if (isWriteOrder(order)) return tryWrite(service?.database)
  if (isRestOrder(order)) return rest(order, service?.database)
  if (!isFaultOrder(order)) throw new Error(`expected an order about a fault, got ${JSON.stringify(order)}`)
  await makeFault(breakable, order)
}

serve(server, { ...options, close: () => service?.database.close(), obey })
