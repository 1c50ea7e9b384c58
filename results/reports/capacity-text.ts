import type { CapacityRecord, Search, Trial } from '../../model/capacity-record.ts'
import { formatMs } from '../format.ts'
import { aligned, type Cells } from './aligned.ts'
import { capacityAdvice } from './capacity-advice.ts'
import { capacityHeadline, capacityReasons, limitCells, limitRows, outcomeOf } from './capacity-sentences.ts'
import { lookOf } from './look-of.ts'
import type { Style } from './terminal.ts'

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
        formatMs(slowest(trial)),
        outcomeOf(trial),
      ],
    ),
  ])

/** p95 of the slowest system. */
export const slowest = ({ systems }: Trial): number => Math.max(0, ...systems.map(({ p95Ms }) => p95Ms))
