import type { CapacityRecord, Search, Trial } from '../../../model/capacity-record.ts'
import { formatBytes, formatCount, formatExpectedRatio, formatMs } from '../../format.ts'
import { heading } from '../html-concepts.ts'
import { bullets, figure, htmlPage, minutes } from '../html-page.ts'
import { narrowTable, table } from '../html-table.ts'
import { html, type Markup } from '../html-template.ts'
import { capacityAdvice } from './advice.ts'
import { latencyCurve, throughputCurve } from './curves.ts'
import { capacityHeadline } from './headline.ts'
import { limitCells, limitRows } from './limit-in-words.ts'
import { capacityReasons } from './reasons.ts'
import { outcomeOf, slowestP95Ms } from './trial-in-words.ts'

const number = (title: string) => ({ title, isNumber: true })
const word = (title: string) => ({ title })

/** `report.html` of a search. */
export const capacityHtml = (record: CapacityRecord): string => {
  const { scenario, target, environment, startedAt, id, search, without, forecast, verdict } = record
  const head = {
    ...capacityHeadline(record),
    verdict,
    title: `Capacity of ${scenario} on ${target}`,
    about: `Capacity of ${scenario} on ${target} (${environment}), ${minutes(startedAt)}, search ${id}`,
  }
  return htmlPage(head, [
    limits(record),
    curves(search, forecast),
    html`${heading('Trials', 'capacity')}${trialTable(search.trials)}`,
    without
      ? html`${heading(`Without ${without.component}`, 'capacity')}${curves(without.search, forecast)}${trialTable(without.search.trials)}`
      : html``,
    provenance(record),
  ])
}

const limits = (record: CapacityRecord): Markup => html`
${heading('Limits', 'capacity')}
${table(
  [word('Limit'), word('Load'), word('In an hour'), word('What it is')],
  limitRows(record.search).map(([name, limit]) => [name, ...limitCells(limit), meanings[name] ?? '']),
)}
<p class="soft">Loads are in times what the scenario expects at scale 1; in brackets what they may be.</p>
${heading('Why', 'capacity')}
${bullets(capacityReasons(record))}
<h2>What to do</h2>
${bullets(capacityAdvice(record))}`

const meanings: Readonly<Record<string, string>> = {
  'gate limit': 'the highest load that meets every gate: for planning',
  knee: 'answers become slow from here on',
  breakpoint: 'from here on more load brings no more work done',
}

const curves = (search: Search, forecast: CapacityRecord['forecast']): Markup => html`
${figure((size) => throughputCurve(search, forecast, size), 'Journeys per second over the load: offered and done')}
${figure((size) => latencyCurve(search, forecast, size), 'Latency of the slowest system over the load (p95, log scale)')}`

const trialTable = (trials: readonly Trial[]): Markup =>
  table(
    [
      word('Trial'),
      number('Load'),
      number('Offered/s'),
      number('Done/s'),
      number('p95'),
      number('Little’s law off by'),
      word('Outcome'),
      word('Why'),
    ],
    trials.map((trial) => [
      html`<a href="${trial.name}/report.html">${trial.name}</a>`,
      `× ${trial.scale}`,
      trial.offeredPerSecond.toFixed(1),
      trial.completedPerSecond.toFixed(1),
      formatMs(slowestP95Ms(trial)),
      formatExpectedRatio(Math.max(0, ...trial.systems.map(({ little }) => little.gapRatio))),
      html`<span class="tag ${tagOf(trial)}">${outcomeOf(trial)}</span>`,
      trial.reasons.join(' '),
    ]),
  )

const tagOf = ({ meetsGates, verdict }: Trial): string => {
  if (meetsGates === 'yes') return 'pass'
  return meetsGates === 'no' ? 'fail' : verdict
}

const provenance = ({ provenance: from, seed, startedAt, endedAt, search }: CapacityRecord): Markup => html`
<h2>Provenance</h2>
${narrowTable(
  [word('Figure'), word('Value')],
  [
    ['Search', `${startedAt} to ${endedAt}, ${formatCount(search.trials.length)} trials, ${search.ended}`],
    ['Seed', String(seed)],
    [
      'Versions',
      `collaudo ${from.collaudo}, k6 ${from.k6}, Node ${from.node}${from.commit === '' ? '' : `, commit ${from.commit}`}`,
    ],
    ['Host', `${from.host.cpus} cores, ${formatBytes(from.host.memoryBytes)}, ${from.host.platform}`],
  ],
)}
<h3>To repeat this search</h3>
<pre>${from.commandLine}</pre>`
