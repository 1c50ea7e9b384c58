import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { historyEntrySchema } from '../../../model/history-entry.ts'
import { appendHistory } from '../../../results/history/append-history.ts'
import { historyEntryOf } from '../../../results/history/history-entry-of.ts'
import { finishedRun } from '../finished-run.ts'
import { plan } from '../fixture.ts'
import { historyRun } from './history-runs.ts'

const newFile = () => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-history-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return join(dir, 'runs', 'history.ndjson')
}
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1)

describe('appendHistory', () => {
  it('adds a line for each run and changes none that is there', () => {
    const file = newFile()
    expect(existsSync(file)).toBe(false)
    appendHistory(file, historyRun(1))
    const [first] = linesOf(file)
    appendHistory(file, historyRun(2))
    expect(linesOf(file)).toEqual([first, JSON.stringify(historyRun(2))])
  })

  it('does not join its line to one that was not written to its end', () => {
    const file = newFile()
    appendHistory(file, historyRun(1))
    appendFileSync(file, '{"schemaVersion":1,"id":"r2')
    appendHistory(file, historyRun(3))
    expect(linesOf(file).map((line) => line.slice(0, 27))).toEqual([
      JSON.stringify(historyRun(1)).slice(0, 27),
      '{"schemaVersion":1,"id":"r2',
      JSON.stringify(historyRun(3)).slice(0, 27),
    ])
  })
})

describe('historyEntryOf', () => {
  it('keeps the figures of the steady phase, and the business units that were drawn', async () => {
    const { record } = await finishedRun()
    const entry = historyEntrySchema.parse(historyEntryOf(record, plan().totals))
    const { id, startedAt, scenario, experiment, target, fingerprint, seed, verdict } = record
    expect(entry).toMatchObject({ id, startedAt, scenario, experiment, target, fingerprint, seed, verdict })
    expect(entry).toMatchObject({ commit: 'bd6d783', ended: 'completed', totals: { operations: 400 } })
    expect(entry.rows).toEqual({ planned: 400, started: 400, completed: 400 })
    const steady = record.steps.filter(({ phase }) => phase === 'steady')
    expect(entry.steps).toHaveLength(steady.length)
    for (const step of steady) {
      expect(entry.steps).toContainEqual({
        ...{ stream: step.stream, journey: step.journey, step: step.step },
        requests: step.requests,
        failedRatio: step.failed / step.requests,
        ...{ p50Ms: step.fromSentMs.p50, p95Ms: step.fromSentMs.p95, p99Ms: step.fromSentMs.p99 },
      })
    }
  })

  it('knows no time of a step that was never answered, which a run records as 0', async () => {
    const { record } = await finishedRun()
    const steps = record.steps.map((step) => ({ ...step, failed: step.requests }))
    const entry = historyEntryOf({ ...record, steps }, {})
    expect(new Set(entry.steps.map(({ p50Ms, failedRatio }) => `${p50Ms} ${failedRatio}`))).toEqual(new Set(['null 1']))
  })
})
