import { parser } from '@prometheus-io/lezer-promql'

/** A series that a query asks for. */
export interface Selector {
  readonly metric: string
  readonly labels: readonly string[]
  /** The call or aggregation that it stands in directly: `rate`, `max_over_time`, `sum`; empty: none. */
  readonly inside: string
}

/** What a query is made of. */
export interface ParsedQuery {
  readonly selectors: readonly Selector[]
  /** Calls and aggregations, in the order of their place. */
  readonly functions: readonly string[]
  /** Labels of `by` and `on`. */
  readonly grouping: readonly string[]
  /** Something cannot be read. */
  readonly isBroken: boolean
}

/** What Grafana puts in; all that matters here is that it is read. */
const variables: readonly (readonly [RegExp, string])[] = [
  [/\$__rate_interval/g, '20s'],
  [/\$__range/g, '30m'],
]

/** A query as Prometheus gets it, but for the variables inside quotes. */
export const withoutVariables = (expr: string): string =>
  variables.reduce((text, [variable, value]) => text.replace(variable, value), expr)

export const parseQuery = (expr: string): ParsedQuery => {
  const text = withoutVariables(expr)
  const selectors: { metric: string; labels: string[]; inside: string }[] = []
  const functions: string[] = []
  const grouping: string[] = []
  const open: { name: string; end: number }[] = []
  let [isBroken, inGrouping] = [false, 0]
  parser.parse(text).iterate({
    enter: ({ name, from, to }) => {
      const part = text.slice(from, to)
      while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= from) open.pop()
      if (name === '⚠') isBroken = true
      else if (name === 'FunctionCall' || name === 'AggregateExpr') {
        const called = /^\w+/.exec(part)?.[0] ?? ''
        functions.push(called)
        open.push({ name: called, end: to })
      } else if (name === 'VectorSelector') selectors.push({ metric: '', labels: [], inside: open.at(-1)?.name ?? '' })
      else if (name === 'GroupingLabels') inGrouping = to
      else if (name === 'LabelName' && to <= inGrouping) grouping.push(part)
      else if (name === 'LabelName') selectors.at(-1)?.labels.push(part)
      else if (name === 'Identifier') Object.assign(selectors.at(-1) ?? {}, { metric: part })
    },
  })
  return { selectors, functions, grouping, isBroken }
}
