import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseArgs } from 'node:util'
import { dueShareOf } from '../defects/due-share.ts'
import { RequestMetrics } from '../http/request-metrics.ts'
import { readDefect } from '../read-arguments.ts'
import { serve } from '../serve.ts'
import { balance } from './balance.ts'
import { checkHealth } from './check-health.ts'
import { Replica } from './replica.ts'
import { Rotation } from './rotation.ts'

/** What stands before the replicas of a system, as a process: `node main.ts SYSTEM --port N --replica ORIGIN --replica ORIGIN`. */

const idleConnectionMs = 120_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    replica: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: '0' },
    defect: { type: 'string', multiple: true, default: [] },
    restarted: { type: 'boolean', default: false },
  },
})
const [system = ''] = positionals
const staleHealth = values.defect.map(readDefect).find(({ kind }) => kind === 'stale-health')
const deaf = staleHealth && dueShareOf(staleHealth, Number(values.seed))
const isBelieved = (): boolean => {
  if (!deaf?.next()) return true
  deaf.spend()
  return false
}
const rotation = new Rotation(
  values.replica.map(
    (origin, index) =>
      new Replica({ name: `${system}#${index + 1}`, origin, elapsedMs: () => performance.now(), isBelieved }),
  ),
)
const metrics = new RequestMetrics()

const ofItself = (path: string | undefined): string | undefined => {
  if (path === '/metrics') return metrics.text()
  if (path !== '/health') return undefined
  const replicas = rotation.replicas.map((replica) => ({ name: replica.name, state: replica.state() }))
  const versions = { node: process.versions.node, sqlite: process.versions['sqlite'] ?? 'unknown' }
  return JSON.stringify({ status: 'pass', system, nowUnixMs: Date.now(), replicas, versions })
}

const answerTo = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
  const startedMs = performance.now()
  const own = ofItself(incoming.url)
  if (own === undefined) await balance(rotation, incoming, answer)
  else answer.setHeader('content-type', own.startsWith('{') ? 'application/json' : 'text/plain; version=0.0.4').end(own)
  const durationS = (performance.now() - startedMs) / 1000
  metrics.add({
    method: incoming.method ?? '',
    route: own ? '/health' : 'replicas',
    status: answer.statusCode,
    durationS,
  })
}

const server = createServer({ keepAliveTimeout: idleConnectionMs }, (incoming, answer) => {
  void answerTo(incoming, answer)
})
for (const replica of rotation.replicas) checkHealth(replica)

serve(server, {
  port: Number(values.port),
  host: values.host,
  close: () => {},
  obey: () => Promise.reject(new Error('expected a process of a system, got its balancer')),
})
