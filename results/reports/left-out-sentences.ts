import type { RunRecord } from '../../model/run-record.ts'

/** Which streams of its scenario a run has done without; nothing where it has them all. */
export const leftOutSentences = ({ scenario, leftOut }: RunRecord): readonly string[] =>
  leftOut ? [`Left out of ${scenario}: ${leftOut.join(', ')}. The verdict says nothing about them.`] : []
