import { remoteWriter } from '../clients/remote-write.ts'
import type { CapacityRecord } from '../model/capacity-record.ts'
import { metrics, verdictCodes } from '../model/metrics.ts'
import { setCapacity } from '../results/push/capacity-series.ts'
import { Pusher } from '../results/push/pusher.ts'
import { SeriesStore } from '../results/push/series-store.ts'
import type { PushedRun } from './run-push.ts'

/** Pushes what a search for the limit found; whoever waits is told when nobody took it. */
export const pushCapacity = async (
  record: CapacityRecord,
  { to, env, tell }: Pick<PushedRun, 'to' | 'env' | 'tell'>,
): Promise<void> => {
  const { id, scenario, target, verdict, environment, seed, provenance } = record
  const store = new SeriesStore()
  const { commit, collaudo } = provenance
  store.set(metrics.runInfo, { experiment: '', environment, seed: String(seed), commit, version: collaudo }, 1)
  store.set(metrics.verdict, { verdict }, verdictCodes[verdict])
  setCapacity(store, record)
  const labels = { run: id, scenario, target }
  const pusher = new Pusher({ store, write: remoteWriter(to, env), labels, nowUnixMs: Date.now, tell, to: to.url })
  if (!(await pusher.pushLast())) tell(`push      what search ${id} found is not in Prometheus`)
}
