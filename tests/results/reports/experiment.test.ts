import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../model/run-record.ts'
import { renderReports } from '../../../results/render-reports.ts'
import { chaosToolkitJournal } from '../../../results/reports/chaos-toolkit-journal.ts'
import { experimentSentences } from '../../../results/reports/experiment-sentences.ts'
import { terminalResult } from '../../../results/reports/terminal.ts'
import { writeRecord } from '../../../results/stored-record.ts'
import { finishedRun } from '../finished-run.ts'
import { triedRun } from '../tried-run.ts'

const tried = async (alter: (record: RunRecord) => RunRecord = (record) => record): Promise<RunRecord> =>
  alter(triedRun((await finishedRun()).record))

const withFault = (changes: Partial<RunRecord['faults'][number]>) => (record: RunRecord) => ({
  ...record,
  faults: record.faults.map((fault) => ({ ...fault, ...changes })),
})

describe('the sentences of an experiment', () => {
  it('tell whether the hypothesis held, what was broken, what users noticed, and the score', async () => {
    expect(experimentSentences(await tried())).toEqual([
      'The hypothesis held: Bookings go on.',
      'latency on recup: from 40 s, proven after 398 ms (clients→recup: status 200 after 312 ms, before it status 200 after 2.0 ms); ended at 80 s, gone 49 ms later.',
      'All users: 100 % of steps good before, 40 % in the worst stretch; hit after 1 s, an alarm after 3 s, well again 2 s after its end; 1.2 % of what is usual lost.',
      'For 2 s users were worse off than usual while every health check was well.',
      'Score: 87 of 100.',
    ])
  })

  it.each<readonly [string, Partial<RunRecord['faults'][number]>, string]>([
    ['was not made', { injectedMs: null, proof: 'no such way' }, 'latency on recup: not made, no such way.'],
    ['had no effect', { provenMs: null, proof: 'nothing' }, 'no effect (nothing)'],
    ['could not be ended', { restoredMs: null, goneMs: null }, 'not ended, its effect stayed.'],
  ])('tell of a fault that %s', async (_, changes, words) => {
    expect(experimentSentences(await tried(withFault(changes)))[1]).toContain(words)
  })

  it('are none for a run without one', async () => {
    expect(experimentSentences((await finishedRun()).record)).toEqual([])
  })
})

describe('the reports of an experiment', () => {
  it('put what was broken after the verdict, and before the charts', async () => {
    const { dir } = await finishedRun()
    const record = await tried()
    writeRecord(dir, record)
    await renderReports(dir)
    const html = readFileSync(join(dir, 'report.html'), 'utf8')
    const order = [
      '<h1>',
      '<h2>Why',
      '<h2>Experiment: slow-database',
      'What users went through',
      'Before, during and after',
      '<h2>Over time',
    ]
    const places = order.map((part) => html.indexOf(part))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(html).toContain('a gray failure')
    expect(readFileSync(join(dir, 'summary.md'), 'utf8')).toContain('- The hypothesis held: Bookings go on.')
    expect(terminalResult(record, (_, text) => text)).toContain(
      'PASS - the hypothesis held\n\nThe hypothesis held: Bookings go on.',
    )
    expect(JSON.parse(readFileSync(join(dir, 'chaos-toolkit.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(chaosToolkitJournal(record))),
    )
  })
})

describe('chaosToolkitJournal', () => {
  it('tells of the hypothesis, of what was done, and of its end, with the times on the calendar', async () => {
    expect(chaosToolkitJournal(await tried())).toMatchObject({
      status: 'completed',
      deviated: false,
      experiment: { title: 'slow-database', description: 'Bookings go on' },
      run: [{ start: '2026-11-25T10:00:40.002Z', end: '2026-11-25T10:00:40.400Z', status: 'succeeded' }],
      rollbacks: [{ start: '2026-11-25T10:01:20.001Z', end: '2026-11-25T10:01:20.050Z', status: 'succeeded' }],
    })
  })

  it('has deviated where the hypothesis did not hold', async () => {
    const record = await tried()
    const { resilience } = record
    expect(chaosToolkitJournal({ ...record, resilience: resilience && { ...resilience, held: 'no' } })).toMatchObject({
      deviated: true,
    })
  })

  it('has failed where a fault had no effect, and its rollback where it stayed', async () => {
    const journal = chaosToolkitJournal(await tried(withFault({ provenMs: null, restoredMs: null, goneMs: null })))
    expect(journal).toMatchObject({
      status: 'failed',
      run: [{ status: 'failed' }],
      rollbacks: [{ status: 'failed', start: null }],
    })
  })

  it('is none of a run without an experiment', async () => {
    expect(chaosToolkitJournal((await finishedRun()).record)).toBeUndefined()
  })
})
