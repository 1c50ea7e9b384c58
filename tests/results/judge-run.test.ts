import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { furtherSentences } from '../../results/reports/further-sentences.ts'
import { readRecord, writeRecord } from '../../results/stored-record.ts'
import { hopelessGate } from '../../scenarios/hopeless-gate.ts'
import { finishedRun } from './finished-run.ts'
import { emitAcceptance, emitBooking, emptyFolder, FakeK6, integrity } from './fixture.ts'

describe('the record of a run', () => {
  it('passes a healthy run, with every figure from its samples', async () => {
    const { record } = await finishedRun()
    expect(record).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      reasons: [],
      ended: 'completed',
      scenario: 'recup-day',
    })
    expect(record.gates.map(({ name, verdict, samples }) => [name, verdict, samples])).toEqual([
      ['search-p95', 'pass', 160],
      // 160 rows of four requests; and what rows of the warm-up still sent, less what was sent in the drain.
      ['failed-requests', 'pass', 160 * 4 + 3 - 1],
      ['web-done', 'pass', 160],
      ['generator-on-time', 'pass', 320],
      ['nothing-lost', 'pass', 400],
    ])
    expect(record.journeys).toEqual([
      { stream: 'web', journey: 'book', planned: 200, started: 200, completed: 200, outcomes: { done: 200 } },
      {
        stream: 'desk',
        journey: 'accept',
        planned: 200,
        started: 200,
        completed: 200,
        outcomes: { done: 199, failed: 1 },
      },
    ])
    const searches = record.steps.filter(({ step }) => step === 'search')
    expect(searches.map(({ phase, requests }) => [phase, requests])).toEqual([
      ['warm-up', 40],
      ['steady', 160],
    ])
    expect(record.evidence.length).toBeGreaterThan(3)
  })

  it('counts journeys that did not end as cut, by their timetable', async () => {
    const k6 = new FakeK6()
    for (let row = 0; row < 100; row += 1) emitBooking(k6, row, 250 * row)
    k6.emit(1, { kind: 'row', stream: 'web', row: 100, dueMs: 25_000, takenMs: 24_000, startedMs: 25_000 })
    const { record } = await finishedRun({ csv: k6.csv, ended: 'interrupted' })
    expect(record.journeys[0]).toMatchObject({
      planned: 200,
      started: 101,
      completed: 100,
      outcomes: { done: 100, cut: 1 },
    })
    expect(record).toMatchObject({ verdict: 'inconclusive', exitCode: 130 })
    expect(record.delivery).toMatchObject({ planned: 400, started: 101, completed: 100, cut: 1 })
  })

  it('says of a load that crashed which rows were not started, in the record and in words', async () => {
    const k6 = new FakeK6()
    for (let row = 0; row < 100; row += 1) if (row !== 7 && row !== 50) emitBooking(k6, row, 250 * row)
    for (let row = 0; row < 200; row += 1) emitAcceptance(k6, row, 250 * row)
    const { record } = await finishedRun({ csv: k6.csv, ended: 'crashed' })
    expect(record.notStarted).toEqual([
      {
        stream: 'web',
        count: 102,
        rows: [
          [7, 7],
          [50, 50],
          [100, 199],
        ],
        fromDueMs: 1750,
        toDueMs: 49_750,
      },
    ])
    expect(furtherSentences(record)).toContain(
      'Not started of web: 102 rows (7, 50, 100 to 199), due from 1.75 s to 49.8 s.',
    )
    expect((await finishedRun({})).record.notStarted).toBeUndefined()
  })

  it('counts only rows that were due while the load was needed, and lets the drain begin there', async () => {
    const k6 = new FakeK6()
    for (let row = 0; row < 160; row += 1) emitBooking(k6, row, 250 * row)
    const { record } = await finishedRun({ csv: k6.csv, healedMs: 30_000 })
    expect(record.journeys[0]).toMatchObject({ planned: 120, started: 120, completed: 120, outcomes: { done: 120 } })
    expect(record.delivery).toMatchObject({ planned: 240, started: 120, completed: 120, cut: 0 })
    expect(record.phases.at(-1)).toEqual({ name: 'drain', fromMs: 30_000, toMs: 75_000 })
  })

  it('fails a run that lost a write', async () => {
    const { record } = await finishedRun({ integrity: integrity({ lost: 1 }) })
    expect(record).toMatchObject({ verdict: 'fail', exitCode: 1 })
  })

  it('calls a gate broken that ended the run, also where what was sent by then would meet it', async () => {
    const gates = [hopelessGate]
    expect((await finishedRun({ gates })).record.gates).toMatchObject([{ verdict: 'pass' }])
    const { record } = await finishedRun({
      gates,
      ended: 'aborted',
      endedBecause: 'hopeless: 12.0 times the bad steps',
    })
    expect(record).toMatchObject({ verdict: 'fail', gates: [{ name: 'hopeless', verdict: 'fail' }] })
  })

  it('is read as it was written', async () => {
    const { dir, record } = await finishedRun()
    expect(readRecord(dir)).toEqual(JSON.parse(JSON.stringify(record)))
    expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('names everything that is wrong with a record at once', async () => {
    const { dir, record } = await finishedRun()
    writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...record, seed: 'seven', verdict: 'splendid', extra: 1 }))
    expect(() => readRecord(dir)).toThrow(/seed[\s\S]*verdict|verdict[\s\S]*seed/)
    expect(() => readRecord(dir)).toThrow(/extra/)
  })

  it('says where it looked when there is no record', () => {
    const dir = emptyFolder()
    expect(() => readRecord(dir)).toThrow(`expected a run record in ${join(dir, 'run.json')}`)
  })

  it.runIf(existsSync('/dev/full'))('leaves nothing that looks whole when the disk is full', async () => {
    const { record } = await finishedRun()
    const dir = emptyFolder()
    symlinkSync('/dev/full', join(dir, 'run.json.part'))
    expect(() => writeRecord(dir, record)).toThrow(`expected room for the run record in ${dir}, got ENOSPC`)
    expect(readdirSync(dir)).toEqual([])
  })
})
