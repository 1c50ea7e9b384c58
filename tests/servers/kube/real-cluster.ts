import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiRequest, Connection } from '../../../chaos-mesh/api/connection.ts'
import { KubeConnection } from '../../../chaos-mesh/api/kube-connection.ts'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import { type Clock, systemClock } from '../../../chaos-mesh/clock.ts'
import { allKinds, apiVersion, pluralOf } from '../../../chaos-mesh/kinds.ts'
import type { Json } from '../../chaos-mesh/fake-api/recording.ts'
import type { Cluster, StartCluster, TestServer, Who } from '../../chaos-mesh/suite/cluster.ts'
import { type KubeServer, loaded } from './kube-server.ts'
import { type StandIn, startStandIn } from './stand-in.ts'
import { openWay, type Way } from './way.ts'

/** What the next requests of a client meet. */
interface Trouble {
  isTooOld: boolean
  isAnswerLost: boolean
}

/** A client of a real API server, a counted way to it, and a stand-in for the controller. Every experiment is gone in the end. */
export const realCluster =
  (server: KubeServer): StartCluster =>
  async ({ speed = 1 } = {}): Promise<Cluster> => {
    const way = await openWay(server.port)
    const standIn = startStandIn(server.admin)
    const clock = fastClock(speed)
    const trouble: Trouble = { isTooOld: false, isAnswerLost: false }
    const connections: Connection[] = []
    const connectionOf = (who: Who): Connection => {
      const connection = new KubeConnection(loaded(server.configOf(who, way.port)), clock)
      connections.push(connection)
      return troubled(connection, trouble)
    }
    const clientOf = (who: Who) => new ChaosMeshClient(connectionOf(who), clock)
    return {
      client: clientOf('admin'),
      clientOf,
      connectionOf,
      configOf: (who) => server.configOf(who, way.port),
      clock: Object.assign(clock, { during: <T>(work: Promise<T>) => work }),
      server: testServer({ server, way, standIn, trouble }),
      async [Symbol.asyncDispose]() {
        for (const connection of connections) connection.close()
        await standIn.stop()
        await removeAll(server.admin)
        await removeFurniture(server.admin)
        await way.close()
      },
    }
  }

/** A real clock that goes so many times faster. */
const fastClock = (speed: number): Clock => {
  const startUnixMs = Date.now()
  const nowUnixMs = () => startUnixMs + (Date.now() - startUnixMs) * speed
  return {
    nowUnixMs,
    sleepUntil: (unixMs, signal) =>
      systemClock.sleepUntil(Date.now() + Math.ceil((unixMs - nowUnixMs()) / speed), signal),
  }
}

const troubled = (connection: Connection, trouble: Trouble): Connection => ({
  async send(request) {
    const answer = await connection.send(request)
    if (request.method !== 'POST' || !trouble.isAnswerLost) return answer
    trouble.isAnswerLost = false
    throw new ChaosMeshError('unreachable', 'expected an answer, got none', { hint: 'it is lost on purpose' })
  },
  stream(request) {
    const asked = trouble.isTooOld ? tooOld(request) : request
    trouble.isTooOld = false
    return connection.stream(asked)
  },
  clockOffset: () => connection.clockOffset(),
  close: () => connection.close(),
})

const tooOld = (request: ApiRequest): ApiRequest => ({ ...request, query: { ...request.query, resourceVersion: '1' } })

interface Parts {
  readonly server: KubeServer
  readonly way: Way
  readonly standIn: StandIn
  readonly trouble: Trouble
}

const testServer = ({ server, way, standIn, trouble }: Parts): TestServer => ({
  stop: () => server.stop(),
  start: () => server.start(),
  endWatches: async () => way.breakOff(),
  forget: async () => {
    trouble.isTooOld = true
    way.breakOff()
  },
  loseAnswer: () => {
    trouble.isAnswerLost = true
  },
  sockets: () => way.sockets(),
  misbehave: (how) => {
    standIn.misbehaviour = how
  },
  play: (name, recording) => {
    standIn.plays.set(name, recording)
  },
  names: async () => (await everything(server.admin)).map(({ object }) => object.metadata.name),
})

const everything = async (admin: Connection) => {
  const lists = await Promise.all(
    allKinds.map(async (kind) => {
      const { body } = await admin.send({ method: 'GET', path: `/apis/${apiVersion}/${pluralOf(kind)}` })
      const items: readonly Json[] = Object(body).items ?? []
      return items.map((object) => ({ kind, object }))
    }),
  )
  return lists.flat()
}

const removeTries = 50

const removeAll = async (admin: Connection): Promise<void> => {
  for (let count = 0; count < removeTries; count++) {
    const left = await everything(admin)
    if (left.length === 0) return
    for (const { kind, object } of left) {
      const { namespace, name } = object.metadata
      const path = `/apis/${apiVersion}/namespaces/${namespace}/${pluralOf(kind)}/${name}`
      await admin.send({ method: 'DELETE', path })
      await admin.send({ method: 'PATCH', path, body: { metadata: { finalizers: null } } })
    }
    await sleep(50)
  }
  throw new Error('expected no experiment any more, got some')
}

const furnished = [
  ...['api/v1/namespaces/shop/pods', 'api/v1/namespaces/shop/events', 'api/v1/namespaces/chaos-mesh/pods'],
  ...['apps/v1/namespaces/chaos-mesh/deployments', 'apps/v1/namespaces/chaos-mesh/daemonsets'].map(
    (path) => `apis/${path}`,
  ),
  'apis/policy/v1/namespaces/shop/poddisruptionbudgets',
  'apis/coordination.k8s.io/v1/namespaces/shop/leases',
]

/** What tests have put there besides experiments; namespaces and nodes stay. */
const removeFurniture = async (admin: Connection): Promise<void> => {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 }
  for (const path of furnished) await admin.send({ method: 'DELETE', path: `/${path}`, body })
}
