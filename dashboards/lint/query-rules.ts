import type { Metric } from '../../model/metrics/metric.ts'
import { metrics, runLabels } from '../../model/metrics.ts'
import { type ParsedQuery, parseQuery, type Selector } from './parsed-query.ts'

/** What is wrong with a query, a sentence each. */
type QueryRule = (query: ParsedQuery, expr: string) => readonly string[]

/** Those that Prometheus 2.42 and 3.x both have, and in the same sense. */
const commonFunctions: readonly string[] = [
  ...['sum', 'max', 'min', 'count', 'topk', 'rate', 'max_over_time', 'last_over_time', 'vector', 'time', 'timestamp'],
  ...['histogram_quantile', 'histogram_fraction', 'histogram_count', 'histogram_sum'],
]

const metricByName: ReadonlyMap<string, Metric> = new Map(Object.values(metrics).map((metric) => [metric.name, metric]))

const isReadable: QueryRule = ({ isBroken }, expr) => (isBroken ? [`expected PromQL, got ${expr}`] : [])

const usesCommonFunctions: QueryRule = ({ functions }) =>
  functions
    .filter((name) => !commonFunctions.includes(name))
    .map((name) => `expected a function that Prometheus 2.42 and 3.x both have, got ${name}`)

/** A quantile of an average is of nothing, and an average of quantiles neither. */
const averagesNothing: QueryRule = ({ functions }) =>
  functions.some((name) => name.startsWith('avg')) ? ['expected no average: merge the histograms'] : []

/** Two runs must never be added up. */
const isOfOneRun: QueryRule = ({ selectors, grouping }, expr) =>
  selectors
    .filter(({ labels }) => !labels.includes('run'))
    .map(({ metric }) => `expected the run in every query, got ${metric} without it`)
    .concat(
      expr.includes('run!=""') && !grouping.includes('run') && !grouping.includes('journey')
        ? ['expected by (run) where runs are compared, got none']
        : [],
    )

const knowsItsMetrics: QueryRule = ({ selectors, grouping }) =>
  selectors
    .flatMap(({ metric, labels }) => {
      // The one query that counts all series.
      if (metric === '') return []
      const known = metricByName.get(metric)
      if (!known) return [`expected a metric of model/metrics, got ${metric}`]
      return labels
        .filter((label) => ![...known.labels, ...runLabels].includes(label))
        .map((label) => `expected a label of ${metric}, got ${label}`)
    })
    .concat(
      grouping
        .filter((label) => label !== '__name__' && !selectors.some(({ metric }) => labelsOf(metric).includes(label)))
        .map((label) => `expected to group by a label of the query, got ${label}`),
    )

const labelsOf = (metric: string): readonly string[] => [...(metricByName.get(metric)?.labels ?? []), ...runLabels]

/** A counter is a rate, or its greatest value; a histogram is never added up over its time. */
const readsByKind: QueryRule = ({ selectors }) =>
  selectors.flatMap((selector) => {
    const kind = metricByName.get(selector.metric)?.kind
    const isRead = kind === undefined || readers[kind](selector)
    return isRead
      ? []
      : [
          `expected ${selector.metric} inside ${kind === 'counter' ? 'rate or max_over_time' : 'rate, since last_over_time of Prometheus 2.42 passes over histograms'}, got ${selector.inside || 'nothing around it'}`,
        ]
  })

const readers: Readonly<Record<Metric['kind'], (selector: Selector) => boolean>> = {
  counter: ({ inside }) => ['rate', 'max_over_time', 'last_over_time', 'sum'].includes(inside),
  histogram: ({ inside }) => inside === 'rate',
  gauge: ({ inside }) => inside !== 'rate',
}

const rules: readonly QueryRule[] = [
  isReadable,
  usesCommonFunctions,
  averagesNothing,
  isOfOneRun,
  knowsItsMetrics,
  readsByKind,
]

/** What is wrong with a query; none: nothing. */
export const problemsOfQuery = (expr: string): readonly string[] => {
  const parsed = parseQuery(expr)
  return rules.flatMap((rule) => rule(parsed, expr))
}
