import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { queryPrometheus } from '../clients/prometheus-query.ts'
import { metrics } from '../model/metrics.ts'
import { runRecordSchema } from '../model/run-record.ts'
import { startObserver } from '../runner/observe.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

const mostSeries = 5000
const mostPushRatio = 0.1

/** Images are small: their size changes no series, and the disk of a small machine holds an hour of them. */
const hour = [
  'regional-day',
  '--day',
  'monday',
  '--from',
  '09:00',
  '--to',
  '10:00',
  '--scale',
  '5',
  '--image-size',
  'small',
]

const observed = async (): Promise<Figure> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-observed-'))
  const prometheus = await startObserver(dir)
  try {
    const { stdout, stderr } = await collaudo(['run', ...hour, '--json', '--prometheus', prometheus.url])
    if (stdout === '') return { figure: stderr.trim().split('\n').slice(-2).join(' '), ok: false }
    return await figureOf(prometheus.url, stdout)
  } finally {
    await prometheus.stop()
    await rm(dir, { recursive: true })
  }
}

const figureOf = async (baseUrl: string, stdout: string): Promise<Figure> => {
  const { id, verdict, delivery } = runRecordSchema.parse(JSON.parse(stdout))
  const ask = async (query: string): Promise<number> => {
    const [value] = await queryPrometheus({ baseUrl }, {}, { query, atUnixMs: Date.now() })
    return value ?? Number.NaN
  }
  const rise = (name: string) => ask(`sum(increase(${name}{run="${id}"}[2h]))`)
  const series = await ask(`count(last_over_time({run="${id}"}[2h]))`)
  const pushRatio = (await rise(metrics.pushProcessor.name)) / (await rise(metrics.collectorProcessor.name))
  const failed = await ask(`max(last_over_time(${metrics.pushesFailed.name}{run="${id}"}[2h]))`)
  return {
    figure: `${series} series, ${(100 * pushRatio).toFixed(1)} % of collaudo's processor time, ${failed} pushes not taken; ${delivery.started} of ${delivery.planned} rows started, ${verdict}`,
    ok: series < mostSeries && pushRatio <= mostPushRatio && failed === 0 && delivery.started === delivery.planned,
  }
}

/** What it costs to be watched. */
export const observedRuns: Proof = {
  name: 'observed',
  cases: [
    {
      name: 'an hour of regional-day at × 5, pushed to Prometheus',
      limit: `fewer than ${mostSeries} series, at most ${100 * mostPushRatio} % of the collector's processor time`,
      run: observed,
    },
  ],
}
