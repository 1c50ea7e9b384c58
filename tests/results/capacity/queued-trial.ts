import { arrivals } from '../../../generators/arrivals.ts'
import { rngOf } from '../../../generators/rng.ts'
import type { Aim, Trial } from '../../../model/capacity-record.ts'
import { workersSchema } from '../../../model/workers.ts'
import { StreamTally } from '../../../results/capacity/stream-tally.ts'
import { SystemTally } from '../../../results/capacity/system-tally.ts'
import { Histogram } from '../../../results/histogram.ts'
import { WorkerPool } from '../../../twin/http/worker-pool.ts'
import { trial } from './trial.ts'

const workers = workersSchema.parse({ count: 4, serviceMs: 50 })
/** What so many workers can do. */
export const capacityPerSecond = 80

/** A trial as a run would make it of one request for each row, which waits for one of four workers: no k6, no clock, a seed. */
export interface Queued {
  readonly seed: number
  readonly aim: Aim
  /** Arrivals per second at scale 1. */
  readonly perSecond: number
  readonly lastsMs: number
  /** The only gate: p95 from sent. */
  readonly limitMs: number
}

const warmUpMs = 10_000
/** A client waits no longer; its worker works on. */
const timeoutMs = 10_000
const place = { phase: 'steady', widthMs: 1000, stream: 'home', journey: 'measure', step: 'report' } as const

const one = (ms: number): Histogram => {
  const histogram = new Histogram()
  histogram.record(ms)
  return histogram
}

export const queuedTrial = ({ seed, aim, perSecond, lastsMs, limitMs }: Queued, scale: number): Trial => {
  const stretch = { fromMs: warmUpMs, toMs: warmUpMs + lastsMs }
  const [stream, system] = [new StreamTally(stretch), new SystemTally(stretch)]
  const pool = new WorkerPool(workers, rngOf(seed))
  const answers = new Histogram()
  const curve = [{ fromMs: 0, toMs: stretch.toMs, arrivalsPerMs: (perSecond * scale) / 1000 }]
  const rows = [...arrivals(rngOf(seed), curve)]
  for (const [row, dueMs] of rows.entries()) {
    const delayMs = pool.delayMs('GET /', dueMs)
    const isLate = delayMs > timeoutMs
    const tookMs = Math.min(delayMs, timeoutMs)
    stream.due({ dueMs, isUnderWay: false, thinkMs: 0 })
    stream.take({ kind: 'row', stream: 'home', row, dueMs, takenMs: dueMs, startedMs: dueMs })
    stream.take({ kind: 'end', stream: 'home', row, endedMs: dueMs + tookMs, outcome: isLate ? 'failed' : 'done' })
    const atMs = Math.floor(dueMs / 1000) * 1000
    system.take({ kind: 'step', ...place, atMs, outcome: isLate ? 'timed-out' : 'ok', fromSent: one(tookMs) })
    if (dueMs >= stretch.fromMs) answers.record(tookMs)
  }
  const flow = stream.flow('home')
  const isFast = answers.quantile(0.95) <= limitMs
  return trial(scale, {
    aim,
    seed,
    loadRatio: (flow.offered * 1000) / (perSecond * lastsMs),
    lastsMs,
    verdict: isFast ? 'pass' : 'fail',
    meetsGates: isFast && !flow.fallsBehind ? 'yes' : 'no',
    followsLoad: flow.fallsBehind ? 'no' : 'yes',
    gatesBroken: isFast ? [] : ['measure-p95'],
    suffering: flow.fallsBehind || !isFast ? ['home'] : [],
    offeredPerSecond: (flow.offered * 1000) / lastsMs,
    completedPerSecond: (flow.done * 1000) / lastsMs,
    streams: [flow],
    systems: [system.flow('telemedicine')],
  })
}
