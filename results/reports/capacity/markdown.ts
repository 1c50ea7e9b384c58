import type { CapacityRecord } from '../../../model/capacity-record.ts'
import { codeSpan, escaped, markdownTable } from '../markdown.ts'
import { capacityAdvice } from './advice.ts'
import { capacityHeadline } from './headline.ts'
import { limitCells, limitRows } from './limit-in-words.ts'
import { capacityReasons } from './reasons.ts'
import { trialCells, trialTitles } from './trial-in-words.ts'

/** `summary.md` of a search. */
export const capacityMarkdown = (record: CapacityRecord): string => {
  const { word, sentence } = capacityHeadline(record)
  const { scenario, target, startedAt, id, search, without, provenance } = record
  const list = (items: readonly string[]) => items.map((item) => `- ${escaped(item)}`).join('\n')
  return `# ${word} – ${escaped(sentence)}

Capacity of ${escaped(scenario)} on ${escaped(target)}, ${startedAt}, search ${escaped(id)}

${markdownTable(
  ['Limit', 'Load', 'In an hour'],
  limitRows(search).map(([name, limit]) => [name, ...limitCells(limit)]),
)}

${list(capacityReasons(record))}

## What to do

${list(capacityAdvice(record))}

## Trials

${markdownTable(trialTitles, [...search.trials, ...(without?.search.trials ?? [])].map(trialCells))}

Repeat it: ${codeSpan(provenance.commandLine)}
`
}
