import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { exponential } from '../../generators/distributions.ts'
import { stepsOf } from '../../generators/journey-steps.ts'
import { rngOf } from '../../generators/rng.ts'
import { thinkAfterMs } from '../../generators/think-times.ts'
import type { Plan } from '../../model/plan.ts'
import { callCentres } from '../../results/call-centre.ts'
import { Histogram } from '../../results/histogram.ts'
import type { Measured } from '../../results/read-cells.ts'
import { emptyFolder, plan } from './fixture.ts'

const patienceMs = 60_000
const phone = { ...plan().streams[0], name: 'phone', channel: 'counter' } as Plan['streams'][number]
const steps = stepsOf(1, 'accept', 'counter')

/** A plan of hours whose one stream takes calls; acceptances have the shortest journeys. */
const callPlan = (operators: number, toMs: number): Plan => ({
  ...plan(),
  streams: [{ ...phone, calls: { operators, patienceMs } }],
  phases: [{ name: 'steady', fromMs: 1000, toMs }],
})

const nothingMeasured: Measured = { steps: [], journeys: [], rows: [] }
const answered = (sumMs: number): Measured => {
  const fromSent = new Histogram()
  fromSent.record(sumMs)
  const step = { stream: 'phone', journey: 'accept', step: 'lookup', phase: 'steady', outcomes: {}, fromSent }
  return { ...nothingMeasured, steps: [{ ...step, fromDue: new Histogram() }] }
}

interface Call {
  readonly dueMs: number
  readonly step?: string
  readonly lines: readonly object[]
}

const folderOf = (calls: readonly Call[]): string => {
  const dir = emptyFolder()
  const rows = calls.map(({ dueMs, step = 'lookup' }, row) => `${dueMs}\taccept\t${step}\t${row}\t${row}\n`)
  writeFileSync(join(dir, 'timetable-phone.tsv'), rows.join(''))
  const lines = calls.flatMap(({ lines: of }, row) =>
    of.map((line) => ({ stream: 'phone', row, outcome: 'done', ...line })),
  )
  writeFileSync(join(dir, 'ledger.ndjson.gz'), gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')))
  return dir
}

const thinkMs = (row: number) => thinkAfterMs(row, steps, 0) + thinkAfterMs(row, steps, 1)

describe('callCentres', () => {
  it('counts calls that were due in the phase, their waits, and operators by the time they were busy', async () => {
    const taken = { kind: 'row', dueMs: 2000, takenMs: 5000, startedMs: 5000 }
    const dir = folderOf([
      {
        dueMs: 500,
        lines: [
          { kind: 'row', dueMs: 500, takenMs: 400, startedMs: 500 },
          { kind: 'end', endedMs: 2000 },
        ],
      },
      { dueMs: 2000, lines: [taken, { kind: 'end', endedMs: 9000 }] },
      { dueMs: 2500, lines: [{ kind: 'abandoned', dueMs: 2500, leftMs: 3500 }] },
      { dueMs: 3000, step: 'accept', lines: [{ kind: 'row', dueMs: 3000, takenMs: 0, startedMs: 3000 }] },
      { dueMs: 3500, lines: [] },
    ])
    const [centre] = await callCentres(dir, callPlan(3, 11_000), answered(700))
    // Row 0 is busy until its wrap-up ends, row 1 until the phase ends, row 3 never ended.
    const busyMs = Math.min(11_000, 2000 + thinkAfterMs(0, steps, 1)) - 1000 + (11_000 - 5000) + (11_000 - 3000)
    expect(centre).toMatchObject({ operators: 3, offered: 2, answered: 1, abandoned: 1, patienceMs })
    expect(centre?.handlingMs).toBeCloseTo(thinkMs(1) + 700, 3)
    expect(centre?.outlook).toMatchObject({ callsPerHour: 720, screensPerCall: 2, responseMs: 700 })
    expect(centre?.seen.abandonedRatio).toBe(0.5)
    expect(centre?.seen.meanWaitMs).toBe(2000)
    expect(centre?.seen.waitingCalls).toBe(0.4)
    expect(centre?.seen.busyOperators).toBeCloseTo(busyMs / 10_000, 3)
  })

  it('takes the wait for a token for time of the call, and for no screen', async () => {
    const taken = { kind: 'row', dueMs: 2000, takenMs: 2000, startedMs: 2000 }
    const dir = folderOf([{ dueMs: 2000, lines: [taken, { kind: 'end', endedMs: 9000 }] }])
    const { steps: screens } = answered(700)
    const tokens = answered(90_000).steps.map((step) => ({ ...step, step: 'token' }))
    const measured = { ...nothingMeasured, steps: [...screens, ...tokens] }
    const [centre] = await callCentres(dir, callPlan(3, 11_000), measured)
    expect(centre?.handlingMs).toBeCloseTo(thinkMs(0) + 90_700, 3)
    expect(centre?.outlook).toMatchObject({ screensPerCall: 2, responseMs: 700 })
  })

  it('foretells nothing where no call was answered', async () => {
    const dir = folderOf([{ dueMs: 2500, lines: [{ kind: 'abandoned', dueMs: 2500, leftMs: 3500 }] }])
    const [centre] = await callCentres(dir, callPlan(3, 11_000), nothingMeasured)
    expect(centre).toMatchObject({ offered: 1, answered: 0 })
    expect(centre?.outlook).toBeUndefined()
  })

  it('says nothing of streams whose rows wait for ever', async () => {
    const { calls: _, ...stream } = callPlan(3, 11_000).streams[0] ?? phone
    expect(await callCentres(folderOf([]), { ...callPlan(3, 11_000), streams: [stream] }, nothingMeasured)).toEqual([])
  })

  it.each([
    ['hardly loaded', 0.8],
    ['loaded to the brim', 1],
    ['overloaded', 1.3],
  ])('sees what Erlang A expects of a simulated call centre that is %s', async (_, load) => {
    const operators = 20
    const toMs = 40 * 3_600_000
    const [centre] = await callCentres(
      folderOf(simulated(load, operators, toMs)),
      callPlan(operators, toMs),
      nothingMeasured,
    )
    const { seen, expected } = centre ?? expect.fail('expected a call centre')
    expect(Math.abs(seen.abandonedRatio - expected.abandonedRatio)).toBeLessThan(0.01)
    expect(Math.abs(seen.busyOperators / expected.busyOperators - 1)).toBeLessThan(0.02)
    expect(Math.abs(seen.meanWaitMs - expected.meanWaitMs)).toBeLessThan(0.01 * patienceMs)
  })
})

/** Calls at a load of so many times what the operators can take, first come, first served; who waits too long is skipped. Every law is the model's. */
const simulated = (load: number, operators: number, toMs: number): readonly Call[] => {
  const rng = rngOf(7)
  const meanMs = Array.from({ length: 10_000 }, (_, row) => thinkMs(row)).reduce((sum, ms) => sum + ms, 0) / 10_000
  const freeAtMs = Array<number>(operators).fill(0)
  const calls: Call[] = []
  for (let dueMs = 0; dueMs < toMs; dueMs += (exponential(rng) * meanMs) / (load * operators)) {
    const row = calls.length
    const leftMs = dueMs + exponential(rng) * patienceMs
    const earliest = freeAtMs.indexOf(Math.min(...freeAtMs))
    const startedMs = Math.max(dueMs, freeAtMs[earliest] ?? 0)
    if (startedMs > leftMs) {
      calls.push({ dueMs, lines: [{ kind: 'abandoned', dueMs, leftMs }] })
      continue
    }
    const handlingMs = exponential(rng) * meanMs
    freeAtMs[earliest] = startedMs + handlingMs
    // What follows the end is the wrap-up, which the timetable knows.
    const endedMs = startedMs + handlingMs - thinkAfterMs(row, steps, 1)
    calls.push({
      dueMs,
      lines: [
        { kind: 'row', dueMs, takenMs: startedMs, startedMs },
        { kind: 'end', endedMs },
      ],
    })
  }
  return calls
}
