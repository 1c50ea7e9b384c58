import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunRecord } from '../../../model/run-record.ts'
import { readCells } from '../../../results/read-cells.ts'
import { renderReports } from '../../../results/render-reports.ts'
import { loadPerformance } from '../../../results/reports/load-performance.ts'
import { finishedRun } from '../finished-run.ts'

/** What GitLab's widget reads, and nothing else (GitLab EE, load_performance/utils: normalizeLoadPerformanceMetrics). */
const readByGitlab = z.strictObject({
  metrics: z.strictObject({
    http_reqs: z.strictObject({ rate: z.number().nonnegative() }),
    http_req_waiting: z.strictObject({ 'p(90)': z.number().nonnegative(), 'p(95)': z.number().nonnegative() }),
    checks: z.strictObject({ passes: z.int().nonnegative(), fails: z.int().nonnegative() }),
  }),
})

/** The widget's test of whether a metric has changed (compareLoadPerformanceMetrics). */
const isChange = (head: number, base: number) => Number.parseFloat((head - base).toFixed(2)) !== 0

const figuresOf = async (alter: (record: RunRecord) => RunRecord = (record) => record) => {
  const { dir, record } = await finishedRun()
  return loadPerformance(alter(record), (await readCells(dir)).steps).metrics
}

describe('load-performance.json', () => {
  it('has what GitLab reads, from the steady phase', async () => {
    const { dir, record } = await finishedRun()
    await renderReports(dir)
    const { metrics } = readByGitlab.parse(JSON.parse(readFileSync(join(dir, 'load-performance.json'), 'utf8')))
    const requests = record.steps
      .filter(({ phase }) => phase === 'steady')
      .reduce((sum, { requests: of }) => sum + of, 0)
    expect(metrics.http_reqs.rate).toBe(Math.round(requests / 40))
    expect(metrics.checks).toEqual({ passes: 5, fails: 0 })
    // Steps take 20 to 399 ms, evenly.
    expect(metrics.http_req_waiting).toEqual({ 'p(90)': 360, 'p(95)': 380 })
  })

  it('counts a gate that was not met as failed, whatever the reason', async () => {
    const verdicts = ['fail', 'invalid', 'no-baseline', 'improved', 'pass'] as const
    const { checks } = await figuresOf((record) => ({
      ...record,
      gates: record.gates.map((gate, index) => ({ ...gate, verdict: verdicts[index] ?? 'pass' })),
    }))
    expect(checks).toEqual({ passes: 2, fails: 3 })
  })

  it('leaves out what was not seen: GitLab would show NaN', async () => {
    const { record } = await finishedRun()
    expect(loadPerformance({ ...record, gates: [], phases: [] }, [])).toEqual({ metrics: {} })
  })

  it('rounds so that the noise between two runs is no change to the widget', async () => {
    const altered = (requests: number) =>
      figuresOf((record) => ({
        ...record,
        steps: record.steps.map((step, index) =>
          index === 1 ? { ...step, requests: step.requests + requests } : step,
        ),
      }))
    const [first, like, other] = await Promise.all([altered(0), altered(3), altered(200)])
    expect(isChange(like.http_reqs?.rate ?? 0, first.http_reqs?.rate ?? 1)).toBe(false)
    expect(isChange(other.http_reqs?.rate ?? 0, first.http_reqs?.rate ?? 0)).toBe(true)
  })
})
