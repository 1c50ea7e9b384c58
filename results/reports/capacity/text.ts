import type { CapacityRecord, Search, Trial } from '../../../model/capacity-record.ts'
import { formatMs } from '../../format.ts'
import { aligned, type Cells } from '../aligned.ts'
import { lookOf } from '../look-of.ts'
import type { Style } from '../terminal.ts'
import { capacityAdvice } from './advice.ts'
import { capacityHeadline } from './headline.ts'
import { limitCells, limitRows } from './limit-in-words.ts'
import { capacityReasons } from './reasons.ts'
import { outcomeOf, slowestP95Ms } from './trial-in-words.ts'

/** The result of a search as plain text: verdict, limits, why, what to do, trials. */
export const capacityText = (record: CapacityRecord, style: Style): string => {
  const { word, sentence } = capacityHeadline(record)
  return [
    `${style(lookOf(record.verdict), style('bold', word))} - ${sentence}`,
    '',
    ...aligned(limitRows(record.search).map(([name, limit]) => [name, ...limitCells(limit)])),
    '',
    ...capacityReasons(record),
    '',
    ...capacityAdvice(record).map((item) => `→ ${item}`),
    '',
    ...trialLines(record.search, style),
    ...(record.without ? ['', ...trialLines(record.without.search, style)] : []),
    '',
  ].join('\n')
}

const trialLines = ({ trials }: Search, style: Style): readonly string[] =>
  aligned([
    ['', 'load', 'offered/s', 'done/s', 'p95', 'outcome'],
    ...trials.map(
      (trial): Cells => [
        { text: trial.name, look: (text) => style('dim', text) },
        `× ${trial.scale}`,
        trial.offeredPerSecond.toFixed(1),
        trial.completedPerSecond.toFixed(1),
        formatMs(slowestP95Ms(trial)),
        outcomeOf(trial),
      ],
    ),
  ])
