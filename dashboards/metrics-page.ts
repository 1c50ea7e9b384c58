import { business } from '../model/metrics/business.ts'
import { capacity } from '../model/metrics/capacity.ts'
import { live } from '../model/metrics/live.ts'
import type { Metric } from '../model/metrics/metric.ts'
import { outcomes } from '../model/metrics/outcomes.ts'
import { results } from '../model/metrics/results.ts'
import { metrics, runLabels } from '../model/metrics.ts'

const groups: readonly (readonly [string, Readonly<Record<string, Metric>>])[] = [
  ['While a run goes on, every five seconds', live],
  ['Of the region’s business, while it goes on', business],
  ['Once, when a run was judged', results],
  ['Once, where a run has it', outcomes],
  ['Once, when a search for the limit is over', capacity],
]

const rowOf = ({ name, kind, unit, labels, meaning }: Metric): string =>
  `| \`${name}\` | ${kind} | ${unit} | ${labels.join(', ')} | ${meaning} |`

/** Every metric that is pushed, as a page. */
export const metricsPage = (): string =>
  [
    '# Metrics',
    '',
    `Made by \`collaudo dashboards\` from \`model/metrics\`. ${Object.keys(metrics).length} metrics; each has the labels ${runLabels.join(', ')} besides its own. Histograms are native ones of schema 5 (a factor of 2^(1/32) from bucket to bucket).`,
    ...groups.flatMap(([title, group]) => [
      '',
      `## ${title}`,
      '',
      '| metric | kind | unit | labels | meaning |',
      '| --- | --- | --- | --- | --- |',
      ...Object.values(group).map(rowOf),
    ]),
    '',
  ].join('\n')
