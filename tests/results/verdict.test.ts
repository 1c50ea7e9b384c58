import { describe, expect, it } from 'vitest'
import type { GateResult, RunRecord } from '../../model/run-record.ts'
import { runVerdict, type VerdictInput } from '../../results/verdict.ts'
import { integrity } from './fixture.ts'

const gate = (changes: Partial<GateResult>): GateResult => ({
  name: 'search-p95',
  why: 'assumption',
  phase: 'steady',
  observed: 700,
  limit: 800,
  unit: 'ms',
  samples: 1234,
  verdict: 'pass',
  ...changes,
})
const nothingLost = gate({ name: 'nothing-lost', unit: 'count', observed: 0, limit: 0 })

const spread = { p50: 0, p99: 0, max: 0 }
const delivery: RunRecord['delivery'] = {
  planned: 100,
  started: 100,
  completed: 100,
  cut: 0,
  samplesLost: 0,
  timerLagMs: spread,
  workerWaitMs: spread,
}
const journey = (changes: Partial<RunRecord['journeys'][number]> = {}): RunRecord['journeys'][number] => ({
  stream: 'web',
  journey: 'book',
  planned: 100,
  started: 100,
  completed: 100,
  outcomes: {},
  ...changes,
})

const judge = (changes: Partial<VerdictInput> = {}) =>
  runVerdict({
    ended: 'completed',
    endedBecause: null,
    gates: [gate({}), nothingLost],
    integrity: integrity(),
    delivery,
    rowsStartedTwice: 0,
    faults: [],
    experimentGates: [],
    journeys: [journey()],
    ...changes,
  })

describe('runVerdict', () => {
  it('passes only when nothing speaks against it', () => {
    expect(judge()).toEqual({ verdict: 'pass', exitCode: 0, reasons: [] })
  })

  it.each<[string, Partial<VerdictInput>, string, number, string]>([
    [
      'a missed gate',
      { gates: [gate({ verdict: 'fail', observed: 812.3 })] },
      'fail',
      1,
      'search-p95: 812 ms, limit 800 ms (steady, 1,234 samples).',
    ],
    [
      'a gate missed by a hair, with the digits that show it',
      { gates: [gate({ verdict: 'fail', observed: 800.3 })] },
      'fail',
      1,
      'search-p95: 800.3 ms, limit 800 ms (steady, 1,234 samples).',
    ],
    [
      'a gate with too few samples',
      { gates: [gate({ verdict: 'inconclusive', samples: 1 })] },
      'inconclusive',
      3,
      'search-p95: too little to judge (steady, 1 sample).',
    ],
    [
      'a late load generator',
      { gates: [gate({ verdict: 'invalid', observed: 250, limit: 100 })] },
      'invalid',
      3,
      'search-p95: 250 ms, limit 100 ms: the load generator was too late to judge this.',
    ],
    [
      'an experiment that was broken off',
      {
        ended: 'aborted',
        endedBecause: '40 % of the steps of emergency failed',
        experimentGates: ['bookings-go-on'],
      },
      'fail',
      1,
      'It was broken off, since what was to be spared suffered: 40 % of the steps of emergency failed.',
    ],
    [
      'a hopeless run that was ended early',
      { ended: 'aborted', endedBecause: 'hopeless: 12 times' },
      'fail',
      1,
      'It was ended early, since nothing more was to be learned: hopeless: 12 times.',
    ],
    ['a loss', { integrity: integrity({ lost: 3 }) }, 'fail', 1, '3 writes were acknowledged and lost.'],
    ['one slot sold twice', { integrity: integrity({ doubleBooked: 1 }) }, 'fail', 1, '1 slot was sold twice.'],
    [
      'a loss without an integrity gate',
      { gates: [], integrity: integrity({ lost: 1 }) },
      'fail',
      1,
      '1 write was acknowledged and lost.',
    ],
    [
      'lost samples',
      { delivery: { ...delivery, samplesLost: 2 } },
      'invalid',
      3,
      '2 samples were lost between k6 and the collector: the counts are not complete.',
    ],
    [
      'rows started twice',
      { rowsStartedTwice: 1 },
      'invalid',
      3,
      '1 row was started more than once: the load was not the planned one.',
    ],
    [
      'writes that could not be read back',
      { integrity: integrity({ complete: false, verified: 10 }) },
      'inconclusive',
      3,
      'Only 10 of 400 writes could be read back from the target.',
    ],
    [
      'rows that never started while actors were held',
      { journeys: [journey({ started: 90, completed: 80 })] },
      'fail',
      1,
      '10 of 100 rows of web never started: the systems held every actor until the run ended.',
    ],
    [
      'rows that never started while actors were free',
      { journeys: [journey({ started: 90, completed: 90 })] },
      'invalid',
      3,
      '10 of 100 rows of web never started although actors were free: the load was not the planned one.',
    ],
    ['an interruption', { ended: 'interrupted' }, 'inconclusive', 130, 'The run was interrupted before its end.'],
    [
      'a time limit',
      { ended: 'timed-out' },
      'inconclusive',
      3,
      'The run was stopped by its time limit before its end.',
    ],
    [
      'a crash',
      { ended: 'crashed' },
      'invalid',
      6,
      'k6 or a journey crashed: what was measured is not the planned run.',
    ],
  ])('tells of %s', (_, changes, ...[verdict, exitCode, reason]) => {
    expect(judge(changes)).toEqual({ verdict, exitCode, reasons: [reason] })
  })

  it('puts a proven loss before everything else, whatever else went wrong', () => {
    const { verdict, exitCode, reasons } = judge({
      integrity: integrity({ lost: 1, complete: false }),
      delivery: { ...delivery, samplesLost: 1 },
      gates: [gate({ verdict: 'inconclusive' }), gate({ verdict: 'fail', name: 'hold-p95', observed: 900 })],
    })
    expect([verdict, exitCode]).toEqual(['fail', 1])
    expect(reasons.map((reason) => reason.split(' ').slice(0, 2).join(' '))).toEqual([
      '1 write',
      'hold-p95: 900',
      '1 sample',
      'search-p95: too',
      'Only 400',
    ])
  })

  it('keeps the exit code of an interruption even when it proves a loss, and the verdict tells', () => {
    expect(judge({ ended: 'interrupted', integrity: integrity({ lost: 1 }) })).toMatchObject({
      verdict: 'fail',
      exitCode: 130,
    })
  })

  it('does not blame an interrupted run for rows that were not due yet', () => {
    expect(judge({ ended: 'interrupted', journeys: [journey({ started: 10, completed: 10 })] }).reasons).toHaveLength(1)
  })

  it('lets the integrity gate allow as many broken promises as it says', () => {
    const gates = [gate({ name: 'nothing-lost', unit: 'count', observed: 2, limit: 2 })]
    expect(judge({ gates, integrity: integrity({ half: 2 }) }).verdict).toBe('pass')
  })

  describe('of an experiment', () => {
    const broken = gate({ name: 'bookings-go-on', phase: 'fault', observed: 0.5, verdict: 'fail' })
    const unsteady = gate({ name: 'steady-quality', phase: 'steady', observed: 0.5, verdict: 'fail' })
    const experimentGates = ['bookings-go-on', 'steady-quality']
    const fault: RunRecord['faults'][number] = {
      id: 'f1',
      kind: 'partition',
      component: 'recup',
      fault: { kind: 'partition', component: 'recup' },
      requestedMs: 1,
      injectedMs: 1,
      provenMs: 2,
      restoredMs: 3,
      goneMs: 4,
      proof: 'seen',
      lostProof: null,
      goneProof: 'gone',
    }

    it('is a failure when a gate is missed while the fault is there', () => {
      expect(judge({ gates: [broken, nothingLost], faults: [fault], experimentGates })).toMatchObject({
        verdict: 'fail',
        exitCode: 1,
      })
    })

    it('concludes nothing when it was not steady before, whatever was missed later', () => {
      const result = judge({ gates: [unsteady, broken, nothingLost], faults: [fault], experimentGates })
      expect(result).toMatchObject({ verdict: 'inconclusive', exitCode: 3 })
    })

    it('is invalid when the fault had no effect, whatever was missed', () => {
      const result = judge({ gates: [broken, nothingLost], faults: [{ ...fault, provenMs: null }], experimentGates })
      expect(result).toMatchObject({ verdict: 'invalid', exitCode: 3 })
    })

    it('fails a gate of its scenario that was missed before the fault', () => {
      const own = gate({ name: 'search-p95', phase: 'steady', observed: 0.5, verdict: 'fail' })
      expect(judge({ gates: [own, nothingLost], faults: [fault], experimentGates })).toMatchObject({ verdict: 'fail' })
    })

    it('is a failure when something was lost, steady or not', () => {
      const lost = integrity({ lost: 1 })
      expect(
        judge({ gates: [unsteady, nothingLost], faults: [fault], experimentGates, integrity: lost }),
      ).toMatchObject({ verdict: 'fail' })
    })

    it('ends with 5 when a fault stayed, which outranks all', () => {
      const stays = { ...fault, restoredMs: null, goneMs: null }
      expect(judge({ ended: 'interrupted', faults: [stays], experimentGates })).toMatchObject({ exitCode: 5 })
    })
  })
})
