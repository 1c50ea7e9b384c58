import type { CallCentreResult } from '../../model/run-record.ts'
import { formatCount, formatExpectedRatio, formatMs } from '../format.ts'

/** One figure of a call centre in words: what was seen, and what Erlang A expects. */
export interface CallCentreFigure {
  readonly title: string
  readonly seen: string
  readonly expected: string
}

/** The figures that every report shows. Queueing theory gives a little of everything: less than can be seen is 0. */
export const callCentreFigures = ({ operators, seen, expected }: CallCentreResult): readonly CallCentreFigure[] => [
  {
    title: 'Abandoned',
    seen: formatExpectedRatio(seen.abandonedRatio),
    expected: formatExpectedRatio(expected.abandonedRatio),
  },
  { title: 'Calls waiting', seen: formatCount(seen.waitingCalls), expected: formatCount(expected.waitingCalls) },
  { title: 'Mean wait of a call', seen: wait(seen.meanWaitMs), expected: wait(expected.meanWaitMs) },
  {
    title: `Operators busy, of ${formatCount(operators)}`,
    seen: formatCount(seen.busyOperators),
    expected: formatCount(expected.busyOperators),
  },
]

const wait = (ms: number): string => formatMs(Math.round(ms))

/** The figures in one sentence. */
export const callCentreSentence = (centre: CallCentreResult): string =>
  `Calls of ${centre.stream}: ${formatCount(centre.offered)}. ${callCentreFigures(centre)
    .map(({ title, seen, expected }) => `${title}: ${seen} (Erlang A: ${expected})`)
    .join('. ')}.`
