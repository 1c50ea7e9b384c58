import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type RunRecord, runRecordSchema } from '../../model/run-record.ts'
import { startCollaudo } from '../e2e/start-collaudo.ts'
import { startPrometheus } from './prometheus.ts'

const gate = (name: string, query: string, limit: number) => ({
  ...{ name, query, limit },
  why: 'assumption',
  bound: 'at-most',
})

const lastsMs = ({ processorTime }: RunRecord): number =>
  processorTime.kind === 'known' ? processorTime.lastsMs : Number.NaN

test('gates judge what a real Prometheus has seen of the target, and one that sees nothing is inconclusive', {
  timeout: 240_000,
}, async () => {
  const up = startCollaudo(['up', '--port', '21080'])
  await up.said('use it')
  const target = parse(readFileSync(join(up.dir, 'runs', 'twin.yaml'), 'utf8'))
  const baseUrl = await startPrometheus(
    Object.values<{ baseUrl: string }>(target.systems).map((system) => system.baseUrl),
  )
  const served = 'sum(increase(http_requests_total{route=~"/fhir.*"}[$range]))'
  const gates = [
    gate('requests', served, 1_000_000),
    gate('too-many-requests', served, 1),
    gate('nothing', 'no_such_metric', 1),
  ]
  const used = 'sum(increase(process_cpu_seconds_total[$range]))'
  const processors = { recup: { usedSeconds: used, vcpus: 'vector(2)' } }
  const file = join(up.dir, 'target.yaml')
  writeFileSync(file, JSON.stringify({ ...target, prometheus: { baseUrl, gates, processors } }))
  const secrets = Object.fromEntries(
    readFileSync(join(up.dir, 'runs', 'twin.env'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('=')),
  )
  const slice = ['--day', 'monday', '--from', '09:00', '--to', '09:01', '--squeeze', '30s']
  const run = startCollaudo(['run', 'recup-day', ...slice, '--target', file, '--json'], secrets)
  const { stdout, stderr, exitCode } = await run.ended
  expect(stderr).not.toContain('metrics   ')
  const record = runRecordSchema.parse(JSON.parse(stdout))
  const of = (name: string) => record.gates.find((one) => one.name === name)
  expect(of('requests')).toMatchObject({ verdict: 'pass', unit: 'value', samples: 1 })
  // Far from nothing: what Prometheus has counted misses at most what came before its first look, and holds what systems ask each other.
  const sent = record.steps.filter(({ phase }) => phase === 'steady').reduce((sum, step) => sum + step.requests, 0)
  expect(of('requests')?.observed).toBeGreaterThan(sent * 0.5)
  expect(of('too-many-requests')).toMatchObject({ verdict: 'fail' })
  expect(of('nothing')).toMatchObject({ verdict: 'inconclusive', observed: null, samples: 0 })
  // What it cost is known by the same metrics: some of two processors for as long as the load lasted.
  const [recup] = record.costAndCarbon?.systems ?? []
  expect(recup?.usedVcpuHours).toBeGreaterThan(0)
  expect(recup?.idleRatio).toBeGreaterThan(0.5)
  expect(recup?.provisionedVcpuHours).toBeCloseTo((2 * lastsMs(record)) / 3_600_000, 9)
  expect(exitCode).toBe(1)
})

test('a Prometheus that is not there ends the run before its load, with one message', { timeout: 60_000 }, async () => {
  const up = startCollaudo(['up', '--port', '21080'])
  await up.said('use it')
  const target = parse(readFileSync(join(up.dir, 'runs', 'twin.yaml'), 'utf8'))
  const file = join(up.dir, 'target.yaml')
  const prometheus = { baseUrl: 'http://127.0.0.1:21099', gates: [gate('requests', 'up', 1)] }
  writeFileSync(file, JSON.stringify({ ...target, auth: { kind: 'none' }, prometheus }))
  const { exitCode, stderr } = await startCollaudo(['run', 'recup-day', '--target', file]).ended
  expect(stderr).toMatch(
    /expected http:\/\/127.0.0.1:21099 to answer the queries of the target, got\n {2}requests: ECONNREFUSED/,
  )
  expect(exitCode).toBe(2)
})
