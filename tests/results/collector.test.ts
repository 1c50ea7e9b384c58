import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { dayMs, dayOfBookings } from '../../bench/day-of-bookings.ts'
import type { Plan } from '../../model/plan.ts'
import { Collector } from '../../results/collector.ts'
import { readCells } from '../../results/read-cells.ts'
import { collectorOf, emitBooking, FakeK6, healthyRun, plan, runFolder, t0UnixMs } from './fixture.ts'

const collect = (csv: Buffer, of = plan()) => {
  const { collector, dir } = collectorOf(of)
  collector.write(csv)
  return { collected: collector.end(), dir }
}

const row = { stream: 'web', row: 3 }

/** The plan of `plan()` whose stream `web` is a call centre. */
const callCentre = ({ patienceMs }: { readonly patienceMs: number }): Plan => {
  const of = plan()
  const streams = of.streams.map((stream) =>
    stream.name === 'web' ? { ...stream, calls: { operators: stream.pool, patienceMs } } : stream,
  )
  return { ...of, streams }
}

const ledgerOf = (dir: string) =>
  gunzipSync(readFileSync(join(dir, 'ledger.ndjson.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

const collectedFiles = ['cells.ndjson.gz', 'evidence.ndjson', 'ledger.ndjson.gz']
const samplesPerBooking = 10

describe('Collector', () => {
  it('accounts for every row of a healthy run', () => {
    const { collected } = collect(healthyRun(plan()))
    expect(collected.t0UnixMs).toBe(t0UnixMs)
    expect(collected.delivery).toMatchObject({ planned: 400, started: 400, completed: 400, cut: 0, samplesLost: 0 })
    expect(collected.delivery.timerLagMs.max).toBe(2)
    expect(collected.totals).toEqual({ requests: 800, failed: 1, bytesSent: 28_400, bytesReceived: 49_600 })
  })

  it('gives the same figures however the bytes are cut', async () => {
    const csv = healthyRun(plan(40))
    const whole = await readCells(collect(csv, plan(40)).dir)
    const { collector, dir } = collectorOf(plan(40))
    for (let at = 0; at < csv.length; at += 997) collector.write(csv.subarray(at, at + 997))
    collector.end()
    expect(JSON.stringify(await readCells(dir))).toBe(JSON.stringify(whole))
  })

  it('writes cells as deltas that add up when samples report late', async () => {
    const { collector, dir } = collectorOf(plan())
    const k6 = new FakeK6()
    const step = { kind: 'step', stream: 'web', journey: 'book', step: 'search', row: 1, outcome: 'ok' } as const
    for (const startedMs of [12_200, 31_000, 12_500]) k6.emit(1, { ...step, startedMs, durationMs: 100 })
    for (const line of k6.csv.toString().split('\n')) collector.write(Buffer.from(`${line}\n`))
    collector.end()
    const cells = gunzipSync(readFileSync(join(dir, 'cells.ndjson.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(cells.map(({ atMs }) => atMs)).toEqual([12_000, 31_000, 12_000])
    const { steps } = await readCells(dir)
    expect(steps).toMatchObject([{ phase: 'steady', outcomes: { ok: 3 } }])
  })

  it('puts a step into the phase it was sent in and a row into the phase it was due in, to the millisecond', async () => {
    const k6 = new FakeK6()
    // Due 5 ms before the end of `steady`, held by busy actors, sent in `drain`.
    k6.emit(1, { kind: 'row', ...row, dueMs: 49_995, takenMs: 52_000, startedMs: 52_001 })
    k6.emit(1, {
      kind: 'step',
      ...row,
      journey: 'book',
      step: 'search',
      outcome: 'ok',
      startedMs: 52_001,
      durationMs: 100,
      fromDueMs: 2106,
    })
    k6.emit(1, { kind: 'end', ...row, journey: 'book', outcome: 'done', endedMs: 52_101 })
    const { steps, rows, journeys } = await readCells(collect(k6.csv).dir)
    expect(steps.map(({ phase, fromSent, fromDue }) => [phase, fromSent.count, fromDue.maxMs])).toEqual([
      ['steady', 0, 2106],
      ['drain', 1, 0],
    ])
    expect(rows).toMatchObject([{ phase: 'steady' }])
    expect([rows[0]?.workerWait.maxMs, rows[0]?.timerLag.maxMs]).toEqual([2005, 1])
    expect(journeys).toMatchObject([{ phase: 'steady', outcomes: { done: 1 } }])
  })

  it('keeps what failed out of the latency', async () => {
    const k6 = new FakeK6()
    const step = { kind: 'step', ...row, journey: 'book', step: 'search', startedMs: 20_000 } as const
    k6.emit(1, { ...step, outcome: 'unreachable', durationMs: 0, fromDueMs: 1 })
    k6.emit(1, { ...step, outcome: 'lost-race', durationMs: 80 })
    const [measure] = (await readCells(collect(k6.csv).dir)).steps
    expect(measure?.outcomes).toEqual({ unreachable: 1, 'lost-race': 1 })
    expect([measure?.fromSent.count, measure?.fromSent.maxMs, measure?.fromDue.count]).toEqual([1, 80, 0])
  })

  it('tells rows cut, rows started twice and samples lost apart', () => {
    const k6 = new FakeK6()
    const start = { kind: 'row', ...row, dueMs: 1, takenMs: 0, startedMs: 2 } as const
    k6.emit(1, start)
      .lose(1)
      .emit(1, start)
      .lose(1)
      .emit(1, { ...start, row: 4 })
    const { collected } = collect(k6.csv)
    expect(collected.delivery).toMatchObject({ started: 2, completed: 0, cut: 2, samplesLost: 2 })
    expect(collected.rowsStartedTwice).toBe(1)
  })

  it('counts a call that nobody took as ended, by its due time, and keeps it out of the lags', async () => {
    const call = { ...row, journey: 'book', dueMs: 49_995, leftMs: 60_000 }
    const { collected, dir } = collect(new FakeK6().emit(1, { kind: 'abandoned', ...call }).csv)
    expect(collected.delivery).toMatchObject({ started: 1, completed: 1, cut: 0 })
    expect(collected.delivery.workerWaitMs.max).toBe(0)
    expect(collected.rows.state('web', 3)).toBe('abandoned')
    const { journeys, rows } = await readCells(dir)
    expect(journeys).toMatchObject([{ phase: 'steady', outcomes: { abandoned: 1 } }])
    expect(rows).toEqual([])
    expect(ledgerOf(dir)).toEqual([{ kind: 'abandoned', ...call }])
  })

  it('sends the callers away who are still in line when the drain ends', async () => {
    const phone = callCentre({ patienceMs: 60_000 })
    const { collector, dir } = collectorOf(phone, runFolder(phone))
    collector.write(new FakeK6().emit(1, { kind: 'row', ...row, dueMs: 750, takenMs: 0, startedMs: 751 }).csv)
    await collector.closeLines()
    const { delivery } = collector.end()
    expect(delivery).toMatchObject({ planned: 400, started: 200, completed: 199, cut: 1 })
    const left = ledgerOf(dir).filter(({ kind }) => kind === 'abandoned')
    expect(left).toHaveLength(199)
    expect(left.filter(({ leftMs }) => leftMs < 95_000).length).toBeGreaterThan(80)
    expect(Math.max(...left.map(({ leftMs }) => leftMs))).toBe(95_000)
  })

  it('leaves the rows of a call centre alone when nobody was on a call: the load generator did not take them', async () => {
    const phone = callCentre({ patienceMs: 60_000 })
    const { collector } = collectorOf(phone, runFolder(phone))
    await collector.closeLines()
    expect(collector.end().delivery.started).toBe(0)
  })

  it.each([
    [
      'of a stream that is not planned',
      { kind: 'end', stream: 'fax', journey: 'x', row: 1, outcome: 'done', endedMs: 1 },
    ],
    [
      'of a row beyond the timetable',
      { kind: 'end', stream: 'web', journey: 'x', row: 200, outcome: 'done', endedMs: 1 },
    ],
    ['with an outcome that is none', { kind: 'end', ...row, journey: 'x', outcome: 'splendid', endedMs: 1 }],
    ['without a number where one belongs', { kind: 'row', ...row, dueMs: null, takenMs: 1, startedMs: 1 }],
  ])('counts a sample %s as lost', (_, sample) => {
    // biome-ignore lint/suspicious/noExplicitAny: a damaged sample has no type
    const { collected } = collect(new FakeK6().emit(1, sample as any).csv)
    expect(collected.delivery.samplesLost).toBe(1)
  })

  it('keeps the first failures and the slowest steps as evidence, without personal data', () => {
    const { dir } = collect(healthyRun(plan()))
    const evidence = readFileSync(join(dir, 'evidence.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(evidence[0]).toMatchObject({ step: 'lookup', outcome: 'failed', status: 502, traceId: 'trace-149' })
    expect(evidence[0].body).toBe('patient [codice fiscale], Bearer [token]')
    const slowest = evidence.filter(({ step }) => step === 'search').map(({ durationMs }) => durationMs)
    // Steps of the fixture take 20 + 37 × row mod 380 ms.
    const all = Array.from({ length: 200 }, (_, row) => 20 + ((row * 37) % 380))
    expect(slowest).toEqual(all.toSorted((a, b) => b - a).slice(0, 3))
  })

  it('shows the run as it is now', () => {
    const { collector } = collectorOf(plan())
    const k6 = new FakeK6()
    for (const at of [0, 1, 2, 3]) emitBooking(k6, at, 1000 * at)
    collector.write(k6.csv)
    expect(collector.snapshot()).toMatchObject({
      planned: 400,
      started: 4,
      underWay: 0,
      completed: 4,
      outcomes: { done: 4 },
      failed: 0,
      requestsPerSecond: 3,
    })
    expect(collector.snapshot().p95ByStream['web']).toBeGreaterThan(100)
  })

  it('keeps a day of bookings in fewer than 20 bytes a sample', () => {
    const day = { ...plan(), durationMs: dayMs, phases: [{ name: 'steady' as const, fromMs: 0, toMs: dayMs }] }
    const sizes = [10_000, 20_000].map((rows) => {
      const dir = runFolder(plan())
      const collector = new Collector({ plan: day, rowsPerStream: { web: rows }, dir })
      for (const { bytes } of dayOfBookings(rows)) collector.write(bytes)
      expect(collector.end().delivery).toMatchObject({ completed: rows, samplesLost: 0 })
      return collectedFiles.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0)
    })
    const moreSamples = 10_000 * samplesPerBooking
    expect((Number(sizes[1]) - Number(sizes[0])) / moreSamples).toBeLessThan(20)
  })

  it('leaves no file under its final name before the end', () => {
    const { collector, dir } = collectorOf(plan())
    collector.write(healthyRun(plan()))
    expect(readdirSync(dir).filter((name) => /\.(ndjson|gz)$/.test(name))).toEqual([])
    collector.end()
    expect(
      readdirSync(dir)
        .filter((name) => /ndjson|part/.test(name))
        .sort(),
    ).toEqual(collectedFiles)
  })

  it.runIf(existsSync('/dev/full'))(
    'names the folder when the disk is full, and leaves nothing that looks whole',
    () => {
      const dir = runFolder(plan())
      symlinkSync('/dev/full', join(dir, 'ledger.ndjson.gz.part'))
      const { collector } = collectorOf(plan(), dir)
      const message = `expected room for the run record in ${dir}, got ENOSPC`
      expect(() => collector.write(healthyRun(plan()))).toThrow(message)
      expect(() => collector.end()).toThrow(message)
      expect(readdirSync(dir).filter((name) => /ndjson/.test(name))).toEqual([])
    },
  )
})
