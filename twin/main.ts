import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
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
const appOptions = {
  tokens: new AccessTokens([clientOf('TWIN'), link], Date.now, options.tokenLifetimeS),
  now: Date.now,
  log: (line: string) => process.stderr.write(`${line}\n`),
  sleep,
  versions: { node: process.versions.node, sqlite: process.versions['sqlite'] ?? 'unknown' },
}
const service = options.name === 'identity' ? undefined : makeService(options, { link, now: Date.now })
const app = service ? systemApp(service, appOptions) : identityApp(appOptions)
const server = createAdaptorServer({
  fetch: app.fetch,
  serverOptions: { keepAliveTimeout: idleConnectionMs },
}) as Server

serve(server, { ...options, close: () => service?.close(), obey: async () => {} })
