import type { Connection } from '../../../../chaos-mesh/api/connection.ts'
import { recordsOf } from '../../../../chaos-mesh/status/observed.ts'
import type { Cluster } from '../../../chaos-mesh/suite/cluster.ts'
import { endPod, startPod } from './furnish.ts'

const lookEveryMs = 20
const startAfterMs = 1000

/** In place of the daemon and the StatefulSet of the pods with `app=web`: those that a kill has hit end, and come back under their names a second later. */
export const replacingPods = ({ client, clock }: Cluster, connection: Connection) => {
  const end = new AbortController()
  const pause = (ms: number) => clock.sleepUntil(clock.nowUnixMs() + ms, end.signal)
  const isEnded = new Set<string>()
  let served = new Set<string>()
  const replaced: Promise<void>[] = []
  const replace = async (name: string): Promise<void> => {
    if (isEnded.has(name)) return
    isEnded.add(name)
    await endPod(connection, name)
    await pause(startAfterMs)
    if (end.signal.aborted) return
    await startPod(connection, { name, app: 'web' })
    isEnded.delete(name)
  }
  const look = async (): Promise<void> => {
    const kills = await client.list('PodChaos', { namespace: 'shop' })
    const hit = kills.filter((one) => recordsOf(one).some(({ injectedCount }) => injectedCount > 0))
    for (const kill of hit.filter(({ metadata }) => !served.has(metadata.name))) {
      replaced.push(...recordsOf(kill).map(({ id }) => replace(id.split('/')[1] ?? '')))
    }
    served = new Set(hit.map(({ metadata }) => metadata.name))
  }
  const looking = (async () => {
    while (!end.signal.aborted) {
      await look()
      await pause(lookEveryMs)
    }
  })()
  return {
    async stop(): Promise<void> {
      end.abort()
      await Promise.all([looking, ...replaced])
    },
  }
}
