import type { HistoryEntry } from '../../model/history-entry.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { formatBytes, formatCount, formatLimit, formatMs, formatObserved, formatRatio } from '../format.ts'
import type { Timeline } from '../read-timeline.ts'
import { advice } from './advice.ts'
import { arrivalsChart, type ChartInput, latencyChart, outcomesChart, qualityChart } from './charts.ts'
import { headline } from './headline.ts'
import { callCentreSection } from './html-call-centre.ts'
import { comparisonSection } from './html-comparison.ts'
import { heading } from './html-concepts.ts'
import { costAndCarbonSection } from './html-cost-and-carbon.ts'
import { evidenceSection } from './html-evidence.ts'
import { experimentSection } from './html-experiment.ts'
import { integritySection } from './html-integrity.ts'
import { bullets, figure, htmlPage, minutes } from './html-page.ts'
import { stepSection } from './html-steps.ts'
import { narrowTable, table } from './html-table.ts'
import { html, type Markup } from './html-template.ts'
import { trendSection } from './html-trend.ts'
import { leftOutSentences } from './left-out-sentences.ts'
import { notStartedSentences } from './not-started-sentences.ts'
import { slowRequestsSentences } from './slow-requests-sentence.ts'
import { worstFirst } from './worst-first.ts'

/** `report.html`: one file that opens offline, without script or anything from elsewhere. Like runs are oldest first, this one last. */
export const htmlReport = (record: RunRecord, timeline: Timeline, likeRuns: readonly HistoryEntry[]): string =>
  htmlPage(
    {
      ...headline(record),
      verdict: record.verdict,
      title: `${record.experiment ?? record.scenario} on ${record.target}`,
      about: `${record.experiment ? `${record.experiment}, ` : ''}${record.scenario} on ${record.target} (${record.environment}), ${minutes(record.startedAt)}, run ${record.id}`,
    },
    [
      why(record),
      comparisonSection(record.comparison),
      experimentSection(record),
      integritySection(record.integrity),
      charts(record, timeline),
      journeys(record),
      callCentreSection(record.callCentres),
      stepSection(record.steps),
      trendSection(likeRuns),
      costAndCarbonSection(record),
      delivery(record),
      evidenceSection(record.evidence),
      provenance(record),
    ],
  )

const why = (record: RunRecord): Markup => html`
${heading('Why', 'gates')}
${record.reasons.length === 0 ? html`<p>Every gate was met, and every write that was confirmed is there.</p>` : bullets(record.reasons)}
${gates(record)}
<h2>What to do</h2>
${bullets(advice(record))}`

const number = (title: string) => ({ title, isNumber: true })
const word = (title: string) => ({ title })

const gates = ({ gates: results }: RunRecord): Markup =>
  table(
    [
      word('Gate'),
      word('Verdict'),
      number('Observed'),
      number('Limit'),
      number('Samples'),
      word('Phase'),
      word('Why this limit'),
    ],
    worstFirst(results).map((gate) => [
      gate.name,
      html`<span class="tag ${gate.verdict}">${gate.verdict}</span>`,
      formatObserved(gate),
      formatLimit(gate),
      formatCount(gate.samples),
      gate.phase,
      gate.why,
    ]),
  )

const charts = ({ phases, faults, resilience }: RunRecord, timeline: Timeline): Markup => {
  const of = (draw: (input: ChartInput) => string, caption: string): Markup =>
    figure((size) => draw({ timeline, phases, faults, ...size }), caption)
  return html`
${heading('Over time', 'figures')}
<p class="soft">Minutes from the start of the run; a point every ${formatMs(timeline.widthMs)}.</p>
${resilience ? of(qualityChart(resilience.goodWithinMs), `Per cent of the steps that were answered within ${formatMs(resilience.goodWithinMs)}, by when they were sent`) : html``}
${of(arrivalsChart, 'Arrivals per second: planned and started')}
${of(latencyChart, 'Latency of answered requests (log scale): from the moment a citizen was due, and from the moment of sending')}
${of(outcomesChart, 'Journeys ended per second, by outcome')}`
}

const journeys = ({ journeys: results }: RunRecord): Markup => html`
${heading('Journeys', 'figures')}
${table(
  [word('Journey'), number('Planned'), number('Started'), number('Ended'), word('Outcomes')],
  results.map(({ stream, journey, planned, started, completed, outcomes }) => [
    `${stream} / ${journey}`,
    formatCount(planned),
    formatCount(started),
    formatCount(completed),
    Object.entries(outcomes)
      .map(([outcome, count]) => `${outcome} ${formatCount(count)}`)
      .join(', '),
  ]),
)}`

const delivery = (record: RunRecord): Markup => {
  const {
    delivery: { timerLagMs, workerWaitMs, ...rows },
    loadGenerator,
    parts = [],
    totals,
  } = record
  return html`
${heading('Delivery and load generator', 'figures')}
${narrowTable(
  [word('Figure'), word('Value')],
  [
    [
      'Rows',
      `${formatCount(rows.planned)} planned, ${formatCount(rows.started)} started, ${formatCount(rows.completed)} ended, ${formatCount(rows.cut)} cut`,
    ],
    [
      'Wait for a free actor',
      `p50 ${formatMs(workerWaitMs.p50)}, p99 ${formatMs(workerWaitMs.p99)}, max ${formatMs(workerWaitMs.max)} (the systems held every actor)`,
    ],
    [
      'Timer lag',
      `p50 ${formatMs(timerLagMs.p50)}, p99 ${formatMs(timerLagMs.p99)}, max ${formatMs(timerLagMs.max)} (the load generator itself)`,
    ],
    ['Samples lost', formatCount(rows.samplesLost)],
    [
      'Requests',
      `${formatCount(totals.requests)} in all, ${formatCount(totals.failed)} steps failed, ${formatBytes(totals.bytesSent)} sent, ${formatBytes(totals.bytesReceived)} received`,
    ],
    ...(loadGenerator
      ? [
          [
            'Load generator',
            `${formatRatio(loadGenerator.cpuRatio)} of one core, ${formatBytes(loadGenerator.rssBytes)} at most`,
          ],
        ]
      : []),
    ...partRows(parts),
  ],
)}
${[...leftOutSentences(record), ...notStartedSentences(record)].map((sentence) => html`<p>${sentence}</p>`)}
${slowRequestsSentences(record).map((sentence) => html`<p>${sentence}</p>`)}`
}

const partRows = (parts: NonNullable<RunRecord['parts']>): readonly (readonly [string, string])[] =>
  parts.map(({ part, state, rowsStarted, lastMs, clockAhead }) => [
    `Part ${part}`,
    [
      state,
      `${formatCount(rowsStarted)} rows started`,
      ...(lastMs === null ? [] : [`the last step ended at ${formatMs(lastMs)}`]),
      clockAhead === null
        ? 'clock not known'
        : `the target’s clock ${Math.round(clockAhead.leastMs)} to ${Math.round(clockAhead.mostMs)} ms ahead`,
    ].join(', '),
  ])

const provenance = (record: RunRecord): Markup => {
  const { provenance: from, seed, fingerprint, namespace, defects, ended } = record
  const { host, targetVersions } = from
  return html`
<h2>Provenance</h2>
${narrowTable(
  [word('Figure'), word('Value')],
  [
    ['Run', `${record.startedAt} to ${record.endedAt}, ${ended}`],
    ['Seed and plan', html`${String(seed)}, <code>${fingerprint}</code>`],
    ['Namespace on the target', namespace],
    [
      'Versions',
      `collaudo ${from.collaudo}, k6 ${from.k6}, Node ${from.node}${from.commit === '' ? '' : `, commit ${from.commit}`}`,
    ],
    ['Host', `${host.cpus} cores, ${formatBytes(host.memoryBytes)}, ${host.platform}`],
    [
      'Target',
      Object.entries(targetVersions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ') || '–',
    ],
    ...(defects.length === 0
      ? []
      : [
          [
            'Defects built in',
            defects.map(({ kind, shareRatio }) => `${kind} in ${formatRatio(shareRatio)}`).join(', '),
          ],
        ]),
  ],
)}
<h3>To repeat this run</h3>
<pre>${from.commandLine}</pre>`
}
