import { KubeConfig } from '@kubernetes/client-node'
import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { KubeConnection } from '../../../chaos-mesh/api/kube-connection.ts'
import { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { Cluster, TestServer, Who } from '../suite/cluster.ts'
import { FakeApi } from './fake-api.ts'
import { IdleClock } from './idle-clock.ts'

/** When the recordings were made. */
const startUnixMs = Date.parse('2026-11-23T21:48:00.000Z')

/** A connection that tells whether an answer is outstanding. */
const counted = (connection: Connection, clock: IdleClock): Connection => {
  let outstanding = 0
  clock.standWhile(() => outstanding > 0)
  const count = async <T>(work: Promise<T>): Promise<T> => {
    outstanding++
    try {
      return await work
    } finally {
      outstanding--
    }
  }
  return {
    send: (request) => count(connection.send(request)),
    stream: (request) => count(connection.stream(request)),
    clockOffset: () => connection.clockOffset(),
    close: () => connection.close(),
  }
}

/** A kubeconfig for an address, as an object that is JSON and so YAML. */
const configFor = (server: string, who: Who): object => ({
  'current-context': 'fake',
  contexts: [{ name: 'fake', context: { cluster: 'fake', user: who } }],
  clusters: [{ name: 'fake', cluster: { server, 'insecure-skip-tls-verify': true } }],
  users: [{ name: who, user: { token: who } }],
})

/** As client-node reads it. */
export const kubeConfigFor = (server: string, who: Who = 'admin'): KubeConfig => {
  const config = new KubeConfig()
  config.loadFromString(JSON.stringify(configFor(server, who)))
  return config
}

/** A fake API server, a client of it, and the clock that both go by. */
export const startCluster = async () => {
  const clock = new IdleClock(startUnixMs)
  const api = new FakeApi(clock)
  await api.start()
  let ids = 0
  const connections: Connection[] = []
  const connectionOf = (who: Who): Connection => {
    const connection = counted(new KubeConnection(kubeConfigFor(api.origin, who), clock), clock)
    connections.push(connection)
    return connection
  }
  const clientOf = (who: Who) => new ChaosMeshClient(connectionOf(who), clock, () => `create-${++ids}`)
  return {
    api,
    clock,
    client: clientOf('admin'),
    clientOf,
    connectionOf,
    configOf: (who: Who) => configFor(api.origin, who),
    server: testServer(api),
    async [Symbol.asyncDispose]() {
      for (const connection of connections) connection.close()
      await api.close()
    },
  } satisfies Cluster & { readonly api: FakeApi }
}

const testServer = (api: FakeApi): TestServer => ({
  stop: () => api.stop(),
  start: () => api.start(),
  endWatches: async () => api.watches.end(),
  forget: async () => api.forget(),
  loseAnswer: () => api.refuse(/^POST/, 'drop'),
  sockets: () => ({ open: api.sockets.size, accepted: api.accepted }),
  misbehave: (how) => {
    api.misbehaviour = how
  },
  play: (name, recording) => {
    api.plays.set(name, recording)
  },
  names: async () => api.objects.map(({ metadata }) => metadata.name),
})
