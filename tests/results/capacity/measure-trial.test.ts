import { describe, expect, it } from 'vitest'
import { unitsPerHour } from '../../../results/capacity/business-units.ts'
import { measureTrial } from '../../../results/capacity/measure-trial.ts'
import { finishedRun } from '../finished-run.ts'
import { emitBooking, FakeK6, plan, t0UnixMs } from '../fixture.ts'

const made = async (changes: Parameters<typeof finishedRun>[0] = {}) => {
  const { dir, record } = await finishedRun(changes)
  const of = plan()
  return measureTrial({ name: 'trial-1', aim: 'climb', scale: 2, dir, plan: of, record, tookMs: 60_000 })
}

describe('measureTrial', () => {
  it('reads what a healthy run offered, did and took', async () => {
    const trial = await made()
    expect(trial).toMatchObject({
      name: 'trial-1',
      scale: 2,
      loadRatio: 2,
      lastsMs: 40_000,
      verdict: 'pass',
      meetsGates: 'yes',
      followsLoad: 'yes',
      gatesBroken: [],
      suffering: [],
      offeredPerSecond: 8,
    })
    expect(trial.streams.map(({ stream, offered }) => [stream, offered])).toEqual([
      ['web', 160],
      ['desk', 160],
    ])
    expect(trial.completedPerSecond).toBeCloseTo(8, 0)
    expect(trial.systems).toHaveLength(1)
    expect(trial.systems[0]).toMatchObject({ system: 'recup' })
    expect(trial.systems[0]?.goodPerSecond).toBeCloseTo(16, 0)
    expect(trial.systems[0]?.little.isPlateau).toBe(true)
    expect(trial.systems[0]?.little.gapRatio).toBeLessThan(0.05)
  })

  it('names the streams of a gate that broke', async () => {
    const integrity = { ...(await finishedRun()).record.integrity, lost: 1 }
    const lost = await made({ integrity })
    expect(lost).toMatchObject({ meetsGates: 'no', gatesBroken: ['nothing-lost'], suffering: [] })
  })

  it('says that nothing came of a load that was not gone through', async () => {
    expect(await made({ ended: 'interrupted' })).toMatchObject({ meetsGates: 'unknown', followsLoad: 'unknown' })
  })

  it('takes a load that is not followed for one that breaks the gates, though none has noticed yet', async () => {
    const k6 = new FakeK6().emit(0, { kind: 'clock', t0UnixMs })
    for (let row = 0; row < 200; row++) {
      const dueMs = row * 250
      emitBooking(k6, row, dueMs)
      const of = { stream: 'desk', row }
      k6.emit(101 + row, { kind: 'row', ...of, dueMs, takenMs: dueMs, startedMs: dueMs })
      const step = { kind: 'step', ...of, journey: 'accept', step: 'lookup', outcome: 'ok' } as const
      k6.emit(101 + row, { ...step, startedMs: dueMs, durationMs: 50, fromDueMs: 50, evidence: undefined })
      const endedMs = dueMs < 12_000 ? dueMs + 50 : dueMs + 40_000
      k6.emit(101 + row, { kind: 'end', ...of, journey: 'accept', outcome: 'done', endedMs })
    }
    expect(await made({ csv: k6.csv })).toMatchObject({
      verdict: 'pass',
      meetsGates: 'no',
      followsLoad: 'no',
      suffering: ['desk'],
    })
  })

  it('sees a load that nobody served, where journeys should have come to their end', async () => {
    const nobody = new FakeK6().emit(0, { kind: 'clock', t0UnixMs })
    const trial = await made({ csv: nobody.csv })
    // Four bookings a second with their pauses of a minute: so many are under way on a good day too.
    expect(trial.streams).toMatchObject([
      { stream: 'web', offered: 160, ended: 0, backlogFrom: 40, backlogTo: 200, fallsBehind: false },
      { stream: 'desk', offered: 160, ended: 0, backlogFrom: 40, backlogTo: 200, fallsBehind: true },
    ])
    expect(trial.systems).toEqual([])
  })
})

describe('unitsPerHour', () => {
  it('is what a plan expects in an hour at scale 1, in business units', () => {
    expect(unitsPerHour(plan(), { scale: 2, lastsMs: 40_000 })).toEqual({ operations: 18_000, bookings: 9000 })
  })

  it('leaves out sizes and whose operations they are, and counts arrivals where there is nothing else', () => {
    const of = plan()
    const totals = {
      documents: { expected: 10, drawn: 9 },
      bytes: { expected: 1e9, drawn: 1e9 },
      ownOperations: { expected: 3, drawn: 3 },
    }
    const streams = of.streams.map((stream) => ({ ...stream, actions: [] }))
    expect(unitsPerHour({ ...of, totals, streams }, { scale: 1, lastsMs: 3_600_000 })).toEqual({ documents: 10 })
    expect(unitsPerHour({ ...of, totals: {}, streams }, { scale: 1, lastsMs: 3_600_000 })).toEqual({ arrivals: 400 })
  })
})
