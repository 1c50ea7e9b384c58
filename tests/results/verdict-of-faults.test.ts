import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../model/run-record.ts'
import { steadyReason, unproven, unrestored } from '../../results/verdict-of-faults.ts'

const fault = (changes: Partial<RunRecord['faults'][number]> = {}): RunRecord['faults'][number] => ({
  id: 'f1',
  kind: 'latency',
  component: 'recup',
  fault: { kind: 'latency', component: 'recup', delayMs: 300 },
  requestedMs: 10_000,
  injectedMs: 10_002,
  provenMs: 10_400,
  restoredMs: 20_001,
  goneMs: 20_050,
  proof: 'recup: 312 ms, before it 2 ms',
  lostProof: null,
  goneProof: 'recup: 2 ms',
  ...changes,
})
const seen = (changes: Partial<RunRecord['faults'][number]>) => ({
  ended: 'completed' as const,
  faults: [fault(changes)],
})

describe('the verdict on faults', () => {
  it('has nothing against a fault that was proven and is gone', () => {
    expect([unrestored(seen({})), unproven(seen({}))]).toEqual([[], []])
  })

  it('is invalid where a fault had no effect, or was not made', () => {
    expect(unproven(seen({ provenMs: null }))[0]).toEqual({
      verdict: 'invalid',
      text: 'latency on recup had no effect: recup: 312 ms, before it 2 ms.',
    })
    expect(unproven(seen({ provenMs: null, injectedMs: null, proof: 'no such way' }))[0]?.text).toBe(
      'latency on recup was not made: no such way.',
    )
    expect(unproven(seen({ lostProof: 'recup: 3 ms' }))[0]?.text).toBe('latency on recup lost its effect: recup: 3 ms.')
  })

  it('does not ask for a proof of what an interrupted run had no time to prove', () => {
    expect(unproven({ ...seen({ provenMs: null }), ended: 'interrupted' })).toEqual([])
  })

  it('fails where a fault is still there, and says how to end it', () => {
    expect(unrestored(seen({ restoredMs: null, goneMs: null, goneProof: 'it does not answer' }))[0]).toEqual({
      verdict: 'fail',
      text: 'latency on recup could not be ended: it does not answer. Run collaudo restore.',
    })
    expect(unrestored(seen({ goneMs: null }))[0]?.text).toContain('its effect stayed')
  })

  it('concludes nothing where the steady state was not steady, and fails a broken promise all the same', () => {
    const gate = {
      name: 'g',
      why: 'w',
      phase: 'steady',
      observed: 0.5,
      limit: 0.1,
      unit: 'ratio',
      samples: 9,
      verdict: 'fail',
    } as const
    const own = { experimentGates: ['g'] }
    expect(steadyReason(gate, own)?.[0]?.verdict).toBe('inconclusive')
    expect(steadyReason({ ...gate, unit: 'count' }, own)).toBeUndefined()
    expect(steadyReason({ ...gate, phase: 'fault' }, own)).toBeUndefined()
    expect(steadyReason(gate, { experimentGates: [] })).toBeUndefined()
  })
})
