import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import { drawPlan } from '../planner/plan.ts'
import { writeRunFolder } from '../planner/run-folder.ts'
import { type Loaded, runLoad } from '../runner/load.ts'
import { type Interference, type NullServer, type ReceivedRequest, startNullServer } from './null-server.ts'

export interface NullLoad extends Loaded {
  readonly planned: number
  readonly requests: number
  /** The first of them. */
  readonly received: readonly ReceivedRequest[]
  /** Wall time of k6, start and end included. */
  readonly seconds: number
}

export interface NullLoadRequest {
  readonly k6: string
  readonly scenario: Scenario
  readonly slice: Slice
  /** Whether people think between steps. */
  readonly hasPauses: boolean
  /** What happens to the server meanwhile. */
  readonly during?: (server: NullServer) => void
  readonly interfere?: Interference
  readonly requestTimeoutMs?: number
  /** k6 processes that share the rows; one when absent. */
  readonly parts?: number
  /** Sees the run folder before it goes. */
  readonly inspect?: (dir: string) => Promise<void>
}

/** Time for several processes to start. */
const startMs = 4000

/** Drives a scenario's rows through k6 against a server that does nothing; what is measured is the load generator. */
export const nullLoad = async (request: NullLoadRequest): Promise<NullLoad> => {
  const { k6, scenario, slice, hasPauses, requestTimeoutMs = 30_000, parts = 1 } = request
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-null-'))
  const server = await startNullServer(request.interfere)
  try {
    const drawn = drawPlan({ scenario, slice, seed: 1, fiscalCodes: 'marked' })
    await writeRunFolder(dir, drawn)
    const env = {
      COLLAUDO_TARGET: JSON.stringify({
        systems: { recup: server.baseUrl },
        requestTimeoutMs,
        consistencyWithinMs: 2000,
        holdTtlMs: 300_000,
        auth: { kind: 'none' },
      }),
      COLLAUDO_NAMESPACE: 'null',
      ...(!hasPauses && { COLLAUDO_PAUSES: '0' }),
      ...(parts > 1 && { COLLAUDO_PARTS: String(parts), COLLAUDO_T0_UNIX_MS: String(Date.now() + startMs) }),
    }
    const rowsPerStream = Object.fromEntries(
      drawn.streams.map(({ planned, timetable }) => [planned.name, timetable.rows.length]),
    )
    const startedMs = performance.now()
    request.during?.(server)
    const { signal } = new AbortController()
    const loaded = await runLoad({ k6, dir, plan: drawn.plan, rowsPerStream, env, parts, signal, onLive: () => {} })
    await request.inspect?.(dir)
    const planned = Object.values(rowsPerStream).reduce((sum, rows) => sum + rows, 0)
    const seconds = (performance.now() - startedMs) / 1000
    return { ...loaded, planned, requests: server.requests(), received: server.received, seconds }
  } finally {
    await server.close()
    await rm(dir, { recursive: true, force: true })
  }
}
