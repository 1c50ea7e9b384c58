import { PanelBuilder as TablePanel } from '@grafana/grafana-foundation-sdk/table'
import type { PanelSpec } from '../spec.ts'
import type { Placed } from './panel.ts'

type TableSpec = Extract<PanelSpec, { readonly kind: 'table' }>

/** A line for each set of labels, a column for each label and each query; `queried` gives it what charts have. */
export const tablePanel = (
  queried: (builder: TablePanel, spec: TableSpec, at: Placed) => TablePanel,
  spec: TableSpec,
  at: Placed,
): TablePanel => {
  const { columns, queries, opens, words = {} } = spec
  const names = queries.map(({ legend }, index) => [valueName(index, queries.length), legend] as const)
  const order = [...columns, ...names.map(([name]) => name)]
  const panel = queried(new TablePanel(), spec, at)
  if (queries.length > 1) panel.withTransformation({ id: 'merge', options: {} })
  panel.withTransformation({ id: 'filterFieldsByName', options: { include: { names: order } } }).withTransformation({
    id: 'organize',
    options: {
      indexByName: Object.fromEntries(order.map((name, index) => [name, index])),
      renameByName: Object.fromEntries(names),
    },
  })
  if (Object.keys(words).length > 0)
    for (const [, legend] of names)
      panel.overrideByName(legend, [{ id: 'custom.cellOptions', value: { type: 'color-background' } }])
  if (opens !== undefined) panel.overrideByName('run', [{ id: 'links', value: [linkTo(opens)] }])
  return panel
}

/** Grafana numbers the values only where there is more than one query. */
const valueName = (index: number, queries: number): string =>
  queries === 1 ? 'Value' : `Value #${String.fromCharCode('A'.charCodeAt(0) + index)}`

const linkTo = (uid: string) => ({
  title: 'open this run',
  url: `/d/${uid}?var-run=\${__value.raw}&\${datasource:queryparam}`,
})
