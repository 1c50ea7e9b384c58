import { expect, test } from 'vitest'
import { runRecordSchema } from '../../../model/run-record.ts'
import { startCollaudo } from '../../e2e/start-collaudo.ts'
import { startReceiver, startRestartable } from '../prometheus.ts'
import { ask } from './ask.ts'

const baseUrl = await startReceiver([])
const shortRun = ['run', 'recup-day', '--day', 'sunday', '--from', '09:00', '--to', '09:01', '--squeeze', '15s']

test('a Prometheus without native histograms gets everything else, and it is said once what is missing', {
  timeout: 240_000,
}, async () => {
  const { stdout, stderr } = await startCollaudo([...shortRun, '--prometheus', baseUrl, '--json']).ended
  expect(stderr.match(/push {6}/g)).toHaveLength(1)
  expect(stderr).toContain(
    'takes no native histograms, so no latencies: start it with --enable-feature=native-histograms',
  )
  const record = runRecordSchema.parse(JSON.parse(stdout))
  expect(record).toMatchObject({ ended: 'completed', integrity: { complete: true } })
  const looked = {
    baseUrl,
    variables: { run: record.id },
    fromUnixMs: Date.parse(record.startedAt),
    toUnixMs: Date.parse(record.endedAt) + 5000,
  }
  const [steps] = await ask({ expr: 'sum(max_over_time(collaudo_steps_total{run="$run"}[$__range]))' }, true, looked)
  expect(Number(steps?.value?.[1])).toBe(record.steps.reduce((sum, { requests }) => sum + requests, 0))
  expect(await ask({ expr: 'collaudo_step_duration_seconds{run="$run"}' }, true, looked)).toEqual([])
})

const seriesIn = async (url: string): Promise<number> => {
  const answer = await fetch(`${url}/api/v1/query?query=collaudo_steps_total`)
  return Object(await answer.json()).data.result.length
}

test('a Prometheus that is started anew in mid-run has everything in the end, what was counted meanwhile too', {
  timeout: 240_000,
}, async () => {
  const prometheus = await startRestartable()
  const run = startCollaudo([...shortRun, '--prometheus', prometheus.url, '--json'])
  await run.said('load  ')
  await expect.poll(() => seriesIn(prometheus.url), { interval: 200, timeout: 30_000 }).toBeGreaterThan(0)
  await prometheus.stop()
  await run.said('push  ')
  await prometheus.again()
  const { stdout, stderr } = await run.ended
  expect(stderr).toMatch(/push {6}.*did not take/)
  const record = runRecordSchema.parse(JSON.parse(stdout))
  const looked = {
    baseUrl: prometheus.url,
    variables: { run: record.id },
    fromUnixMs: Date.parse(record.startedAt),
    toUnixMs: Date.parse(record.endedAt) + 5000,
  }
  const [steps] = await ask({ expr: 'sum(max_over_time(collaudo_steps_total{run="$run"}[$__range]))' }, true, looked)
  expect(Number(steps?.value?.[1])).toBe(record.steps.reduce((sum, { requests }) => sum + requests, 0))
})
