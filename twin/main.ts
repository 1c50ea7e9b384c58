import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createAdaptorServer } from '@hono/node-server'
import { authorizer } from '../clients/token.ts'
import { type Defect, type DefectKind, defectKinds } from '../model/defect.ts'
import { isImageSystem, systemNames } from '../model/system.ts'
import { AccessTokens, type Client, usualLifetimeS } from './http/access-tokens.ts'
import { dicomwebService } from './http/dicomweb-service.ts'
import { fhirService } from './http/fhir-service.ts'
import type { Service } from './http/service.ts'
import { systemApp } from './http/system-app.ts'
import { imaging } from './systems/imaging.ts'
import { isPlain, plainSystem } from './systems/plain-system.ts'
import { prescriptions } from './systems/prescriptions.ts'
import { recup } from './systems/recup.ts'

/**
 * One system of the twin as a process: `node main.ts SYSTEM --port N --data DIR …`. Secrets come by environment.
 * Under a parent with an IPC channel it says `{ port }` when it listens, or `{ code }` when it cannot, ends with its parent, and
 * leaves Ctrl-C, which reaches both, to it.
 */

const idleConnectionMs = 120_000
const drainMs = 2000

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string', default: '.' },
    seed: { type: 'string', default: '0' },
    'token-lifetime': { type: 'string', default: String(usualLifetimeS) },
    defect: { type: 'string', multiple: true, default: [] },
    prescriptions: { type: 'string', default: 'http://127.0.0.1:8081' },
  },
})

const isDefectKind = (name: string): name is DefectKind => Object.hasOwn(defectKinds, name)

const defectOf = (text: string): Defect => {
  const [kind = '', share] = text.split('=')
  const shareRatio = Number(share)
  if (isDefectKind(kind) && shareRatio >= 0 && shareRatio <= 1) return { kind, shareRatio }
  throw new Error(`expected --defect KIND=SHARE with a share of 0 to 1, got ${text}`)
}

const clientOf = (name: string): Client => {
  const clientId = process.env[`${name}_CLIENT_ID`]
  const clientSecret = process.env[`${name}_CLIENT_SECRET`]
  if (clientId && clientSecret) return { clientId, clientSecret }
  throw new Error(`expected the environment variables ${name}_CLIENT_ID and ${name}_CLIENT_SECRET, got none`)
}

const makeService = (name: string | undefined): Service => {
  const surroundings = { path: join(options.data, `${name}.sqlite`), now: Date.now, newId: randomUUID }
  const spoiled = { ...surroundings, defects: options.defect.map(defectOf), seed: Number(options.seed) }
  if (name === 'prescriptions') return fhirService(prescriptions(surroundings))
  if (isPlain(name)) return fhirService(plainSystem(name, spoiled))
  if (isImageSystem(name)) return dicomwebService(imaging(name, spoiled))
  if (name !== 'recup') throw new Error(`expected the system ${systemNames.join(', ')}, got ${name}`)
  const auth = {
    kind: 'client-credentials',
    tokenUrl: `${options.prescriptions}/token`,
    clientIdEnv: 'TWIN_LINK_CLIENT_ID',
    clientSecretEnv: 'TWIN_LINK_CLIENT_SECRET',
  } as const
  const upstream = {
    baseUrl: `${options.prescriptions}/fhir`,
    authorize: authorizer(auth, process.env, Date.now),
  }
  return fhirService(recup({ ...spoiled, prescriptions: upstream }))
}

const clients = [clientOf('TWIN'), clientOf('TWIN_LINK')]
const service = makeService(positionals[0])
const app = systemApp(service, {
  tokens: new AccessTokens(clients, Date.now, Number(options['token-lifetime'])),
  log: (line) => process.stderr.write(`${line}\n`),
  sleep,
  versions: { node: process.versions.node, sqlite: process.versions['sqlite'] ?? 'unknown' },
})
const server = createAdaptorServer({
  fetch: app.fetch,
  serverOptions: { keepAliveTimeout: idleConnectionMs },
}) as Server

const stop = (): void => {
  server.close(() => {
    service.close()
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
server.listen({ port: Number(options.port), host: options.host, backlog: 4096 }, () => {
  const address = server.address()
  if (process.connected && typeof address === 'object') process.send?.({ port: address?.port })
})
process.once('SIGTERM', stop)
process.on('SIGINT', () => process.connected || stop())
process.once('disconnect', () => process.exit(0))
