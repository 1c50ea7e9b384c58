import { describe, expect, it } from 'vitest'
import type { Gate } from '../../model/gate.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { Histogram } from '../../results/histogram.ts'
import { judgeGates } from '../../results/judge.ts'
import type { QualityBin } from '../../results/quality.ts'
import { integrity } from './fixture.ts'

const histogram = (count: number, ms: number): Histogram => {
  const made = new Histogram()
  for (let index = 0; index < count; index++) made.record(ms)
  return made
}

/** A second in which so many steps were good, and so many failed. */
const second = (atMs: number, [good, failed = 0]: readonly number[], of: Partial<QualityBin> = {}): QualityBin => ({
  stream: 'web',
  phase: atMs < 10_000 ? 'fault' : 'recovery',
  atMs,
  answered: histogram(good ?? 0, 50),
  failed: histogram(failed, 10_000),
  ...of,
})

const phases = [{ name: 'recovery', fromMs: 10_000, toMs: 20_000 }] as const

const judge = (gate: Gate, quality: readonly QualityBin[], edges: RunRecord['edges'] = []) =>
  judgeGates([gate], {
    measured: { steps: [], journeys: [], rows: [] },
    integrity: integrity(),
    quality,
    edges,
    phases,
    metrics: {},
    isWhole: true,
  })[0]

const common = { name: 'g', why: 'assumption', streams: ['web'] } as const

describe('a gate on quality', () => {
  const gate: Gate = { ...common, kind: 'quality', phase: 'fault', goodWithinMs: 1000, minRatio: 0.9, minSamples: 10 }

  it('counts a step that failed fast or was slow as bad', () => {
    const slow = second(1000, [0, 0], { answered: histogram(10, 3000) })
    expect(judge(gate, [second(0, [80, 10]), slow])).toMatchObject({ observed: 0.8, samples: 100, verdict: 'fail' })
  })

  it('looks at its own streams and its own phase', () => {
    const elsewhere = [second(0, [0, 50], { stream: 'phone' }), second(10_000, [0, 50])]
    expect(judge(gate, [second(0, [20]), ...elsewhere])).toMatchObject({ observed: 1, samples: 20, verdict: 'pass' })
  })

  it('says nothing of too few steps', () => {
    expect(judge(gate, [second(0, [9])])?.verdict).toBe('inconclusive')
    expect(judge(gate, [])).toMatchObject({ observed: null, verdict: 'inconclusive' })
  })
})

describe('a gate on being told', () => {
  const gate: Gate = { ...common, kind: 'told', phase: 'fault', quantile: 0.95, limitMs: 2000, minSamples: 10 }

  it('waits for steps that fail too', () => {
    expect(judge(gate, [second(0, [100, 3])])?.verdict).toBe('pass')
    expect(judge(gate, [second(0, [100, 10])])).toMatchObject({ verdict: 'fail', samples: 110 })
  })
})

describe('a gate on recovery', () => {
  const gate: Gate = {
    ...common,
    kind: 'recovery',
    phase: 'recovery',
    goodWithinMs: 1000,
    minRatio: 0.9,
    withinMs: 3000,
  }
  const seconds = (goods: readonly boolean[]) =>
    goods.map((isGood, index) => second(10_000 + index * 1000, isGood ? [10, 0] : [0, 10]))

  it('takes the first of three good seconds on end', () => {
    expect(judge(gate, seconds([false, true, true, false, true, true, true, false]))).toMatchObject({
      observed: 4000,
      verdict: 'fail',
    })
    expect(judge(gate, seconds([false, false, true, true, true]))).toMatchObject({ observed: 2000, verdict: 'pass' })
  })

  it('calls it at once where nothing was bad', () => {
    expect(judge(gate, seconds([true, true, true]))).toMatchObject({ observed: 0, verdict: 'pass' })
  })

  it('fails who has not recovered when the run ends, with the time that was seen', () => {
    expect(judge(gate, seconds([false, false, false, true, true]))).toMatchObject({ observed: 4000, verdict: 'fail' })
  })

  it('says nothing of less than three seconds', () => {
    expect(judge(gate, seconds([true, true]))?.verdict).toBe('inconclusive')
  })
})

describe('a gate on amplification', () => {
  const gate: Gate = {
    name: 'g',
    why: 'assumption',
    kind: 'amplification',
    phase: 'fault',
    edge: 'recup→prescriptions',
    limitRatio: 2,
  }
  const steps = [second(0, [100]), second(1000, [50, 0], { phase: 'steady' })]
  const edge = 'recup→prescriptions'

  it('compares calls for each step with those of the steady phase', () => {
    const edges = [
      { edge, phase: 'steady', calls: 10 },
      { edge, phase: 'fault', calls: 60 },
    ] as const
    expect(judge(gate, steps, [...edges])).toMatchObject({ observed: 3, samples: 60, verdict: 'fail' })
  })

  it('says nothing of a way that nobody went before', () => {
    expect(judge(gate, steps, [{ edge, phase: 'fault', calls: 60 }])).toMatchObject({
      observed: null,
      verdict: 'inconclusive',
    })
  })
})
