import type { RunRecord } from '../../model/run-record.ts'
import { formatCount, formatMs } from '../format.ts'

/** What came of requests that were never finished, if there were any. */
export const slowRequestsSentences = ({ slowRequests }: Pick<RunRecord, 'slowRequests'>): readonly string[] => {
  if (!slowRequests) return []
  const { connections, opened, ended, refused, longestHeldMs } = slowRequests
  return [
    `Requests that were never finished: ${formatCount(connections)} at a time, ${formatCount(opened)} opened, ${formatCount(ended)} ended by the target, ` +
      `${formatCount(refused)} not taken; the longest was held ${formatMs(longestHeldMs)}.`,
  ]
}
