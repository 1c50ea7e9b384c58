import { describe, expect, it } from 'vitest'
import { closingLine, tallyOf, total } from './tally.ts'

function file(status: string, ...tests: readonly string[]) {
  return { status, assertionResults: tests.map((test) => ({ status: test })) }
}

describe('tallyOf', () => {
  it('counts tests by status, pending and todo ones as skipped', () => {
    const report = {
      testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'pending', 'todo', 'skipped')],
    }
    expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 3 })
  })

  it('counts a file that does not load as one failure', () => {
    expect(tallyOf({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    })
  })

  it.each([
    { part: 'ends badly without a failed test', report: { testResults: [file('passed', 'passed')] }, exitCode: 1 },
    { part: 'runs no test', report: { testResults: [] }, exitCode: 0 },
    { part: 'writes no report', report: undefined, exitCode: 0 },
  ])('counts a part that $part as one failure', ({ report, exitCode }) => {
    expect(tallyOf(report, exitCode).failed).toBe(1)
  })
})

it('the closing line sums all parts', () => {
  const sum = total([
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ])
  expect(closingLine(sum)).toBe('11 passed, 22 failed, 33 skipped')
})
