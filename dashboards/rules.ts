import { stringify } from 'yaml'
import { metrics } from '../model/metrics.ts'

const total = (name: string, labels = ''): string => `sum by (run) (rate(${name}${labels}[1m]))`

const { steps, rowsDue, rowsStarted, timerLag, elapsed, phaseActive } = metrics

/** Bad steps that 99 % allows; burnt so many times as fast. */
const budgetRatio = 0.01
const burningTimes = 14.4

const recording = [
  {
    record: 'collaudo:failed_ratio',
    expr: `(${total(steps.name, '{answered="no"}')} or 0 * ${total(steps.name)}) / ${total(steps.name)}`,
  },
  { record: 'collaudo:burn_rate', expr: `collaudo:failed_ratio / ${budgetRatio}` },
  { record: 'collaudo:offered_per_second', expr: total(rowsDue.name) },
  { record: 'collaudo:started_per_second', expr: total(rowsStarted.name) },
]

const alert = (
  name: string,
  { expr, held, summary, action }: Readonly<Record<'expr' | 'held' | 'summary' | 'action', string>>,
) => ({
  alert: name,
  expr,
  for: held,
  labels: { severity: 'page' },
  annotations: { summary, action },
})

const alerting = [
  alert('RunBurningBudget', {
    expr: `collaudo:burn_rate > ${burningTimes}`,
    held: '30s',
    summary: 'Run {{ $labels.run }}: {{ $value | humanize }} times the failed steps that 99 % allows.',
    action: 'Open the run overview; put a file STOP into the folder of the runs to end the experiment.',
  }),
  alert('LoadGeneratorSaturated', {
    expr: `histogram_quantile(0.99, sum by (run) (rate(${timerLag.name}[1m]))) > 0.05`,
    held: '30s',
    summary: 'Run {{ $labels.run }}: the load generator begins {{ $value | humanizeDuration }} late.',
    action: 'What it measures counts no longer: give it more processors, or split the load.',
  }),
  alert('NoSamples', {
    // A run that ended says so: none of its phases is active any more.
    expr: `time() - timestamp(${elapsed.name}) > 30 and on (run) sum by (run) (${phaseActive.name}) > 0`,
    held: '0s',
    summary: 'Run {{ $labels.run }}: no sample for {{ $value | humanizeDuration }}.',
    action: 'It has ended, or it cannot reach this Prometheus: its terminal says which.',
  }),
  alert('OfferedNotAchieved', {
    expr: 'collaudo:started_per_second < 0.9 * collaudo:offered_per_second',
    held: '1m',
    summary: 'Run {{ $labels.run }}: fewer than nine in ten arrivals are taken up.',
    action: 'Every actor is held by the system: look at its latency, and at who waits.',
  }),
]

/** What Prometheus computes and watches, as its rule file has it. */
export const rulesText = (): string =>
  `# Made by collaudo dashboards.\n${stringify(
    {
      groups: [
        { name: 'collaudo', interval: '5s', rules: recording },
        { name: 'collaudo-alerts', interval: '5s', rules: alerting },
      ],
    },
    { lineWidth: 0 },
  )}`
