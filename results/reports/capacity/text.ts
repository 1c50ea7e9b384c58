import type { CapacityRecord, Search } from '../../../model/capacity-record.ts'
import { aligned } from '../aligned.ts'
import { lookOf } from '../look-of.ts'
import type { Style } from '../terminal.ts'
import { capacityAdvice } from './advice.ts'
import { capacityHeadline } from './headline.ts'
import { limitCells, limitRows } from './limit-in-words.ts'
import { capacityReasons } from './reasons.ts'
import { trialCells, trialTitles } from './trial-in-words.ts'

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
    ...trialLines(record.search),
    ...(record.without ? ['', ...trialLines(record.without.search)] : []),
    ...(record.verdict === 'pass' ? [] : ['', `Repeat it: ${record.provenance.commandLine}`]),
    '',
  ].join('\n')
}

const trialLines = ({ trials }: Search): readonly string[] => aligned([trialTitles, ...trials.map(trialCells)])
