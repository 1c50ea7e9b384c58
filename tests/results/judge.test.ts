import { describe, expect, it } from 'vitest'
import type { Gate } from '../../model/gate.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { Histogram } from '../../results/histogram.ts'
import { judgeGates } from '../../results/judge.ts'
import type { Measured } from '../../results/read-cells.ts'
import { integrity } from './fixture.ts'

const common = { name: 'g', why: 'assumption', phase: 'steady' } as const
const latency: Gate = {
  ...common,
  kind: 'latency',
  journey: 'book',
  step: 'search',
  from: 'sent',
  quantile: 0.95,
  limitMs: 800,
  minSamples: 100,
}
const failures: Gate = { ...common, kind: 'failures', limitRatio: 0.01 }
const outcomes: Gate = {
  ...common,
  kind: 'outcomes',
  stream: 'web',
  outcome: 'done',
  bound: 'at-least',
  limitRatio: 0.9,
}
const abandoned: Gate = { ...outcomes, outcome: 'abandoned', bound: 'at-most', limitRatio: 0.1 }
const answered: Gate = {
  ...common,
  kind: 'answered',
  stream: 'web',
  withinMs: 90_000,
  minRatio: 0.7,
}
const timerLag: Gate = { ...common, kind: 'timer-lag', quantile: 0.99, limitMs: 100 }
const nothingLost: Gate = { ...common, kind: 'integrity', limitCount: 0 }

const histogram = (count: number, ms: number): Histogram => {
  const filled = new Histogram()
  for (let i = 0; i < count; i += 1) filled.record(ms)
  return filled
}

const step = (of: {
  stream?: string
  phase?: string
  outcomes?: Partial<Record<StepOutcome, number>>
  fromSent?: Histogram
  fromDue?: Histogram
}): Measured['steps'][number] => ({
  stream: 'web',
  journey: 'book',
  step: 'search',
  phase: 'steady',
  outcomes: {},
  fromSent: new Histogram(),
  fromDue: new Histogram(),
  ...of,
})

const nothing: Measured = { steps: [], journeys: [], rows: [] }

const judge = (gate: Gate, measured: Partial<Measured> = {}, found = integrity()) => {
  const [result] = judgeGates([gate], {
    measured: { ...nothing, ...measured },
    integrity: found,
    quality: [],
    edges: [],
    phases: [],
    metrics: {},
    isWhole: true,
  })
  return result
}

describe('judgeGates', () => {
  it('never passes a gate that saw nothing', () => {
    for (const gate of [latency, failures, outcomes, abandoned, answered, timerLag]) {
      expect(judge(gate)).toMatchObject({ verdict: 'inconclusive', observed: null, samples: 0 })
    }
    expect(judge(nothingLost, {}, integrity({ verified: 0, intended: 0, acknowledged: 0 }))?.verdict).toBe(
      'inconclusive',
    )
  })

  it.each([
    [99, 900, 'inconclusive'],
    [99, 10, 'inconclusive'],
    [100, 900, 'fail'],
    [100, 700, 'pass'],
  ])('judges a latency gate of at least 100 samples with %i of %i ms as %s', (count, ms, verdict) => {
    expect(judge(latency, { steps: [step({ fromSent: histogram(count, ms) })] })?.verdict).toBe(verdict)
  })

  it('looks at its own step, phase and clock only, over all streams', () => {
    const steps = [
      step({ fromSent: histogram(60, 100), fromDue: histogram(60, 5000) }),
      step({ stream: 'phone', fromSent: histogram(60, 100) }),
      step({ phase: 'warm-up', fromSent: histogram(900, 5000) }),
      { ...step({ fromSent: histogram(900, 5000) }), step: 'hold' },
    ]
    expect(judge(latency, { steps })).toMatchObject({
      verdict: 'pass',
      samples: 120,
      observed: expect.closeTo(100, -0.5),
      limit: 800,
      unit: 'ms',
    })
    expect(judge({ ...latency, from: 'due', minSamples: 60 }, { steps })).toMatchObject({
      verdict: 'fail',
      samples: 60,
    })
  })

  it('looks at some streams only where the gate names them', () => {
    const steps = [step({ fromSent: histogram(60, 100) }), step({ stream: 'phone', fromSent: histogram(60, 5000) })]
    const result = judge({ ...latency, streams: ['web', 'desk'], minSamples: 60 }, { steps })
    expect(result).toMatchObject({ verdict: 'pass', samples: 60 })
  })

  it('counts throttled, failed, unreachable and timed-out requests as failures, business answers not', () => {
    const good = { ok: 900, empty: 40, 'lost-race': 40, refused: 10 }
    expect(judge(failures, { steps: [step({ outcomes: good })] })).toMatchObject({
      verdict: 'pass',
      observed: 0,
      samples: 990,
    })
    const bad = { ...good, throttled: 4, failed: 3, unreachable: 2, 'timed-out': 2 }
    expect(judge(failures, { steps: [step({ outcomes: bad })] })).toMatchObject({
      verdict: 'fail',
      observed: 11 / 1001,
    })
    expect(judge({ ...failures, streams: ['phone'] }, { steps: [step({ outcomes: bad })] })?.verdict).toBe(
      'inconclusive',
    )
  })

  it.each([
    [90, 'pass'],
    [89, 'fail'],
  ])('wants the outcome in the share it names: %i of 100 is a %s', (done, verdict) => {
    const journeys = [{ stream: 'web', journey: 'book', phase: 'steady', outcomes: { done, failed: 100 - done } }]
    expect(judge(outcomes, { journeys })).toMatchObject({ verdict, observed: done / 100 })
  })

  it.each([
    [10, 'pass'],
    [11, 'fail'],
  ])('lets an outcome have the share it may have: %i of 100 abandoned is a %s', (calls, verdict) => {
    const journeys = [
      { stream: 'web', journey: 'book', phase: 'steady', outcomes: { done: 100 - calls, abandoned: calls } },
    ]
    expect(judge(abandoned, { journeys })).toMatchObject({ verdict, observed: calls / 100, samples: 100 })
  })

  it.each([
    [299, 'fail'],
    [300, 'pass'],
    [301, 'fail'],
  ])('wants a total exactly: %i of 300 is a %s', (done, verdict) => {
    const total: Gate = { ...common, kind: 'total', stream: 'web', outcome: 'done', count: 300 }
    const journeys = [{ stream: 'web', journey: 'book', phase: 'steady', outcomes: { done, 'lost-race': 700 } }]
    expect(judge(total, { journeys })).toMatchObject({ verdict, observed: done, unit: 'journeys', samples: done + 700 })
    expect(judge(total)?.verdict).toBe('inconclusive')
  })

  it.each([
    [{ done: 9, declined: 1 }, 10, 'pass'],
    [{ done: 9 }, 10, 'fail'],
    [{ done: 9, refused: 1 }, 10, 'fail'],
  ] as const)(
    'wants all of what a stream began, in any phase: of %j of %i started comes a %s',
    (ended, started, verdict) => {
      const gate: Gate = { ...common, kind: 'all-done', stream: 'web', limitRatio: 1 }
      const journeys = [{ stream: 'web', journey: 'move-study', phase: 'warm-up', outcomes: ended }]
      const lags = histogram(started, 1)
      const rows = [{ stream: 'web', phase: 'warm-up', timerLag: lags, workerWait: lags }]
      expect(judge(gate, { journeys, rows })?.verdict).toBe(verdict)
      expect(judge(gate)?.verdict).toBe('inconclusive')
    },
  )

  it('is content with nobody where nobody needs to come', () => {
    expect(judge(outcomes, { journeys: [] })).toMatchObject({ verdict: 'inconclusive', observed: null, samples: 0 })
    expect(judge({ ...outcomes, minSamples: 0 }, { journeys: [] })).toMatchObject({ verdict: 'pass', observed: null })
    const timerLag = histogram(3, 1)
    const stuck = [{ stream: 'web', phase: 'steady', timerLag, workerWait: timerLag }]
    expect(judge({ ...outcomes, minSamples: 0 }, { rows: stuck })).toMatchObject({
      verdict: 'inconclusive',
      samples: 0,
    })
    const failed = [{ stream: 'web', journey: 'book', phase: 'steady', outcomes: { failed: 1 } }]
    expect(judge({ ...outcomes, minSamples: 0 }, { journeys: failed })).toMatchObject({ verdict: 'fail', samples: 1 })
    expect(judge({ ...outcomes, minSamples: 2 }, { journeys: failed })).toMatchObject({ verdict: 'inconclusive' })
  })

  it('leaves abandoned calls out of the shares of other outcomes: they never became journeys', () => {
    const journeys = [
      { stream: 'web', journey: 'book', phase: 'steady', outcomes: { done: 45, failed: 5, abandoned: 50 } },
    ]
    expect(judge(outcomes, { journeys })).toMatchObject({ verdict: 'pass', observed: 0.9, samples: 50 })
  })

  it.each([
    { soon: 70, late: 20, left: 10, verdict: 'pass' },
    { soon: 70, late: 0, left: 31, verdict: 'fail' },
    { soon: 69, late: 31, left: 0, verdict: 'fail' },
  ])('counts $soon calls answered in time, $late late and $left abandoned as a $verdict of 70 %', (calls) => {
    const { soon, late, left, verdict } = calls
    const fromDue = histogram(soon, 80_000)
    fromDue.merge(histogram(late, 120_000))
    const other = step({ stream: 'phone', fromDue: histogram(900, 1) })
    const journeys = [{ stream: 'web', journey: 'book', phase: 'steady', outcomes: { done: 90, abandoned: left } }]
    expect(judge(answered, { steps: [step({ fromDue }), other], journeys })).toMatchObject({
      verdict,
      observed: soon / (soon + late + left),
      samples: soon + late + left,
    })
  })

  it('calls a late load generator invalid, and a latency it measured too', () => {
    const rows = [{ stream: 'web', phase: 'steady', timerLag: histogram(100, 250), workerWait: new Histogram() }]
    const steps = [step({ fromSent: histogram(100, 900), outcomes: { ok: 100, failed: 10 } })]
    const results = judgeGates([latency, failures, timerLag], {
      measured: { ...nothing, rows, steps },
      integrity: integrity(),
      quality: [],
      edges: [],
      phases: [],
      metrics: {},
      isWhole: true,
    })
    expect(results.map(({ verdict }) => verdict)).toEqual(['invalid', 'fail', 'invalid'])
  })

  it('fails on a proven loss however little was read back, and passes only when all was', () => {
    expect(judge(nothingLost, {}, integrity({ half: 1, complete: false, verified: 3 }))).toMatchObject({
      verdict: 'fail',
      observed: 1,
    })
    expect(judge(nothingLost, {}, integrity({ complete: false }))?.verdict).toBe('inconclusive')
    expect(judge(nothingLost, {}, integrity({ held: 9 }))).toMatchObject({ verdict: 'pass', observed: 0 })
  })
})
