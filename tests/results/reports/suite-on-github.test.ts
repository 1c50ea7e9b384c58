import { describe, expect, it } from 'vitest'
import { suiteAnnotations } from '../../../results/reports/suite-annotations.ts'
import { suiteMarkdown } from '../../../results/reports/suite-markdown.ts'
import { type SuiteEntry, suiteResult } from '../../../results/suite.ts'

const passed: SuiteEntry = {
  experiment: 'queue-down',
  verdict: 'pass',
  exitCode: 0,
  held: 'yes',
  isRestored: true,
  scoreRatio: 0.9,
  reasons: [],
  dir: 'runs/r1',
}
const failed: SuiteEntry = {
  ...passed,
  experiment: 'zone-lost',
  verdict: 'fail',
  exitCode: 1,
  held: 'no',
  scoreRatio: 0.4,
  reasons: ['Too | slow.'],
  repeat: 'npx collaudo chaos zone-lost --seed 1 --target embedded',
}
const cannot: SuiteEntry = { ...failed, experiment: 'dns-failure', verdict: 'cannot', exitCode: 3, scoreRatio: null }
const result = suiteResult('go-live', [passed, failed, cannot])

describe('a suite in a job of GitHub', () => {
  it('has an annotation for each experiment that did not pass, worst first, with the command that repeats it', () => {
    expect(suiteAnnotations(result)).toEqual([
      {
        kind: 'error',
        title: 'FAIL: zone-lost of go-live',
        message: 'Too | slow.\nRepeat it: npx collaudo chaos zone-lost --seed 1 --target embedded',
      },
      expect.objectContaining({ kind: 'warning', title: 'CANNOT: dns-failure of go-live' }),
    ])
  })

  it('has a row for each experiment and what to do next', () => {
    const lines = suiteMarkdown(result).split('\n')
    expect(lines[0]).toBe('# go-live: 1 of 3 passed; score 65 of 100, 66.7 % covered')
    expect(lines).toContain('| zone-lost | fail | 40 | Too \\| slow. |')
    expect(lines).toContain('| queue-down | pass | 90 |  |')
    expect(lines.filter((line) => line.startsWith('- zone-lost: '))).toHaveLength(1)
  })
})
