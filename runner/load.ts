import { setInterval } from 'node:timers'
import type { Plan } from '../model/plan.ts'
import type { ProcessorTime } from '../model/processor-time.ts'
import type { Ending } from '../model/verdict.ts'
import { type Collected, Collector, type Snapshot } from '../results/collector.ts'
import type { CollectorWatch } from '../results/collector-watch.ts'
import { hasLargeBodies } from './k6-process.ts'
import { type LoadGenerator, LoadSampler, type LoadUse } from './load-sampler.ts'
import { startK6Parts } from './parts/k6-parts.ts'
import { ProcessorSampler } from './processor-sampler.ts'
import { endingOf } from './time-limit.ts'
import type { WatchedProcesses } from './watched-processes.ts'

export interface LoadRequest {
  readonly k6: string
  readonly dir: string
  readonly plan: Plan
  readonly rowsPerStream: Readonly<Record<string, number>>
  /** What the journeys read from their environment. */
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Of the target; absent: nobody wants to know what they use. */
  readonly processes?: WatchedProcesses
  /** Ends it when everything has been seen that was to be seen. */
  readonly enough?: AbortSignal
  /** From here on rows were not needed, on the run's clock; undefined while all are. */
  readonly neededUntilMs?: () => number | undefined
  /** A step is good for whoever watches when it is answered within this time. */
  readonly goodWithinMs?: number
  readonly onLive: (snapshot: Snapshot) => void
  /** Told the run's zero in Unix ms as soon as it is known. */
  readonly onZero?: (t0UnixMs: number) => void
  /** Told the process of the load. */
  readonly onStarted?: (pid: number) => void
  /** Told each second what the load generator uses. */
  readonly onLoadUse?: ((use: LoadUse) => void) | undefined
  /** Follows what is stored. */
  readonly watch?: CollectorWatch | undefined
  /** k6 processes that share the rows; one when absent. Several need their zero in `env`. */
  readonly parts?: number | undefined
}

export interface Loaded {
  readonly collected: Collected
  readonly loadGenerator: LoadGenerator
  readonly processorTime: ProcessorTime
  readonly ended: Ending
  /** What was seen when it was broken off for the sake of its users. */
  readonly endedBecause: string | null
  /** k6's last messages when it crashed. */
  readonly messages: string
}

/** Of a k6 that was told to end. */
const interruptedCode = 105

const unwatched: WatchedProcesses = { kind: 'not-known', reason: 'nobody looked at it' }

/** Runs the timetable through k6 and collects what it says until it ends, is broken off, or dies. */
export const runLoad = async (request: LoadRequest): Promise<Loaded> => {
  const { plan, signal, enough, processes = unwatched } = request
  const processors = new ProcessorSampler(processes)
  const onZero = (t0UnixMs: number) => {
    processors.begin(Math.max(0, t0UnixMs - Date.now()))
    request.onZero?.(t0UnixMs)
  }
  const collector = new Collector({ ...request, onZero })
  const actors = plan.streams.reduce((sum, { pool }) => sum + pool, 0)
  const k6 = startK6Parts({ ...request, actors, hasLargeBodies: hasLargeBodies(plan) }, request.parts ?? 1)
  for (const pid of k6.pids) request.onStarted?.(pid)
  const sampler = new LoadSampler(k6.pids, request.onLoadUse)
  const interrupt = () => k6.interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  enough?.addEventListener('abort', interrupt, { once: true })
  if (signal.aborted) interrupt()
  const live = setInterval(() => request.onLive(collector.snapshot()), 1000)
  try {
    await k6.read((chunk, part) => collector.write(chunk, part))
    const { code, lastMessages } = await k6.ended
    const ended = signal.aborted
      ? endingOf(signal)
      : code === 0 || (enough?.aborted && code === interruptedCode)
        ? 'completed'
        : 'crashed'
    if (ended === 'completed') await collector.closeLines(request.neededUntilMs?.())
    const endedBecause = ended === 'aborted' ? String(signal.reason.message) : null
    const [loadGenerator, processorTime] = [sampler.stop(), processors.stop()]
    return { collected: collector.end(), loadGenerator, processorTime, ended, endedBecause, messages: lastMessages }
  } finally {
    clearInterval(live)
    sampler.stop()
    processors.stop()
    signal.removeEventListener('abort', interrupt)
    k6.interrupt()
  }
}
