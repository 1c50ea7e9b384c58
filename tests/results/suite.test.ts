import { describe, expect, it } from 'vitest'
import { type SuiteEntry, suiteResult } from '../../results/suite.ts'

const entry = (experiment: string, changes: Partial<SuiteEntry> = {}): SuiteEntry => ({
  experiment,
  verdict: 'pass',
  exitCode: 0,
  held: 'yes',
  isRestored: true,
  scoreRatio: 0.9,
  reasons: [],
  dir: `runs/${experiment}`,
  ...changes,
})
const failed = { verdict: 'fail', exitCode: 1, held: 'no', scoreRatio: 0.4, reasons: ['too slow.'] } as const
const cannot = { verdict: 'cannot', exitCode: 3, held: 'unknown', scoreRatio: null, reasons: ['no queue'] } as const

describe('suiteResult', () => {
  it('passes when all that could be done passed, and says how much that was', () => {
    const result = suiteResult('full', [entry('a'), entry('b', cannot)])
    expect(result).toMatchObject({ exitCode: 0, coverageRatio: 0.5, scoreRatio: 0.9 })
    expect(result.next).toEqual(['b: not covered here, no queue. Try it on containers or on a cluster.'])
  })

  it('puts the worst first, and something that stayed changed before everything', () => {
    const stuck = { ...failed, exitCode: 5, isRestored: false }
    const result = suiteResult('full', [entry('a'), entry('b', failed), entry('c', stuck)])
    expect(result.experiments.map(({ experiment }) => experiment)).toEqual(['c', 'b', 'a'])
    expect(result.exitCode).toBe(5)
    expect(result.next[0]).toBe('c: run collaudo restore now, something is still changed.')
    expect(result.next[1]).toBe('b: too slow. See runs/b/report.html, mend it, then: collaudo chaos b')
  })

  it('leaves out of the score what has none, and never counts what was not covered as passed', () => {
    const result = suiteResult('full', [
      entry('a', { scoreRatio: 0.5 }),
      entry('b', { ...failed, scoreRatio: null }),
      entry('c', cannot),
    ])
    expect(result).toMatchObject({ scoreRatio: 0.5, coverageRatio: 2 / 3, exitCode: 1 })
  })

  it('is no pass when nothing could be done', () => {
    expect(suiteResult('full', [entry('a', cannot)])).toMatchObject({ exitCode: 3, coverageRatio: 0, scoreRatio: null })
  })
})
