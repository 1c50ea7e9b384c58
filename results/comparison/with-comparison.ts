import type { Comparison } from '../../model/comparison.ts'
import { exitCodes } from '../../model/failure.ts'
import type { RunRecord } from '../../model/run-record.ts'

const codes = {
  pass: exitCodes.pass,
  regressed: exitCodes.failed,
  improved: exitCodes.pass,
  inconclusive: exitCodes.invalid,
  'no-baseline': exitCodes.invalid,
} as const

/** The exit code of a comparison of its own. */
export const exitCodeOfComparison = ({ verdict }: Comparison): number => codes[verdict]

/** A run's record with its comparison. A run that is no pass stays what it is: what it broke outranks what it was compared with. */
export const withComparison = (record: RunRecord, comparison: Comparison): RunRecord => {
  const { verdict } = comparison
  const reasons = [...record.reasons, ...comparison.reasons]
  if (record.verdict !== 'pass' || verdict === 'pass') return { ...record, reasons, comparison }
  return { ...record, reasons, comparison, verdict, exitCode: codes[verdict] }
}
