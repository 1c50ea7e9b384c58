import { KubeConfig } from '@kubernetes/client-node'
import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { KubeConnection } from '../../../chaos-mesh/api/kube-connection.ts'
import { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
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

/** A kubeconfig for an address. */
export const kubeConfigFor = (server: string): KubeConfig => {
  const config = new KubeConfig()
  config.loadFromClusterAndUser({ name: 'fake', server, skipTLSVerify: true }, { name: 'tester' })
  return config
}

/** A fake API server, a client of it, and the clock that both go by. */
export const startCluster = async () => {
  const clock = new IdleClock(startUnixMs)
  const api = new FakeApi(clock)
  await api.start()
  const connection = counted(new KubeConnection(kubeConfigFor(api.origin), clock), clock)
  let ids = 0
  const client = new ChaosMeshClient(connection, clock, () => `create-${++ids}`)
  return {
    api,
    clock,
    client,
    async [Symbol.asyncDispose]() {
      client.close()
      await api.close()
    },
  }
}
