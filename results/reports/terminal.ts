import type { RunRecord } from '../../model/run-record.ts'
import { formatCount, formatLimit, formatMs, formatObserved } from '../format.ts'
import { brokenPromises } from '../judge.ts'
import { advice } from './advice.ts'
import { aligned, type Cells } from './aligned.ts'
import { experimentSentences } from './experiment-sentences.ts'
import { furtherSentences } from './further-sentences.ts'
import { headline } from './headline.ts'
import { lookOf } from './look-of.ts'
import { worstFirst } from './worst-first.ts'

/** Gives a piece of text its look, or leaves it as it is where there is no colour. */
export type Style = (look: 'good' | 'bad' | 'doubt' | 'bold' | 'dim', text: string) => string

/** The result as plain text: verdict, why, what to do, numbers by stream. */
export const terminalResult = (record: RunRecord, style: Style): string => {
  const { word, sentence } = headline(record)
  return [
    `${style(lookOf(record.verdict), style('bold', word))} - ${sentence}`,
    ...(record.reasons.length > 1 ? ['', ...record.reasons.slice(1).map((reason) => `  also: ${reason}`)] : []),
    ...experimentSentences(record).flatMap((sentence, index) => (index === 0 ? ['', sentence] : [`  ${sentence}`])),
    '',
    ...aligned(worstFirst(record.gates).map(gateCells(style))),
    '',
    ...aligned([['', 'planned', 'started', 'ended', 'outcomes'], ...record.journeys.map(journeyCells)]),
    '',
    writes(record),
    ...furtherSentences(record),
    ...(record.verdict === 'pass' ? [] : ['', ...advice(record).map((item) => `→ ${item}`), ...repeated(record)]),
    '',
  ].join('\n')
}

const repeated = ({ provenance }: RunRecord): readonly string[] => ['', `Repeat it: ${provenance.commandLine}`]

const gateCells =
  (style: Style) =>
  (gate: RunRecord['gates'][number]): Cells => [
    { text: gate.verdict, look: (text) => style(lookOf(gate.verdict), text) },
    gate.name,
    formatObserved(gate),
    { text: `limit ${formatLimit(gate)}`, look: (text) => style('dim', text) },
    { text: `${gate.phase}, ${formatCount(gate.samples)} samples`, look: (text) => style('dim', text) },
  ]

const journeyCells = ({
  stream,
  journey,
  planned,
  started,
  completed,
  outcomes,
}: RunRecord['journeys'][number]): Cells => [
  `${stream} / ${journey}`,
  formatCount(planned),
  formatCount(started),
  formatCount(completed),
  Object.entries(outcomes)
    .map(([outcome, count]) => `${outcome} ${formatCount(count)}`)
    .join(', '),
]

const writes = ({ integrity, delivery }: RunRecord): string =>
  `Writes: ${formatCount(integrity.acknowledged)} acknowledged, ${formatCount(integrity.verified)} of ${formatCount(integrity.intended)} read back, ` +
  `${formatCount(brokenPromises(integrity))} broken promises. Waited for a free actor: p99 ${formatMs(delivery.workerWaitMs.p99)}.`
