import type { Plan } from '../model/plan.ts'
import type { OpenTarget } from './open-target.ts'
import { prepare } from './prepare.ts'
import { dayZeroOf, takePrepared } from './prepare-target.ts'
import type { RunRequest } from './run-request.ts'

export interface DataRequest extends Pick<RunRequest, 'id' | 'dir' | 'runsDir' | 'signal'> {
  readonly events: Pick<RunRequest['events'], 'phase' | 'loading'>
  /** When the run is. */
  readonly atUnixMs: number
}

/** Loads what a plan presupposes, unless `prepare` has left it there; resolves to the namespace it lies in. */
export const loadData = async (open: OpenTarget, plan: Plan, request: DataRequest): Promise<string> => {
  const { id, dir, runsDir, signal, events } = request
  const dayZeroUnixMs = dayZeroOf(request.atUnixMs)
  const prepared = await takePrepared({ runsDir, dayZeroUnixMs, plan, target: open.target.name })
  if (prepared) {
    events.phase(`prepare   ${prepared.resources} resources lie ready`)
    return prepared.namespace
  }
  const startedMs = performance.now()
  const loaded = await prepare({
    ...{ dir, plan, dayZeroUnixMs, signal },
    namespace: id,
    clients: open.clients(signal),
    onLoaded: events.loading,
  })
  const seconds = (performance.now() - startedMs) / 1000
  events.phase(`prepare   ${loaded} resources in ${seconds.toFixed(1)} s (${Math.round(loaded / seconds)}/s)`)
  return id
}
