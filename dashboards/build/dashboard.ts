import {
  AnnotationQueryBuilder,
  CustomVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { metrics } from '../../model/metrics.ts'
import { series } from '../promql.ts'
import type { DashboardSpec, VariableSpec } from '../spec.ts'
import { placed } from './grid.ts'
import { panelOf } from './panel.ts'
import { datasource } from './query.ts'

/** A tag by which the dashboards find each other. */
const houseTag = 'collaudo'

/** What a provisioned Grafana reads, in the classic form: its newer one is refused there. */
export const dashboardOf = (spec: DashboardSpec): Dashboard => {
  const builder = new DashboardBuilder(`collaudo / ${spec.title}`)
    .uid(spec.uid)
    .description(`${spec.question} For: ${spec.readers}.`)
    .tags([houseTag, ...spec.tags])
    .readonly()
    .timezone('browser')
    .refresh('5s')
    .time({ from: 'now-30m', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .link(siblings())
  for (const variable of spec.variables) builder.withVariable(variableOf(variable))
  if (spec.hasFaults) builder.annotation(faults())
  addRows(builder, spec)
  return builder.build()
}

/** Every other dashboard, with the run and the time that are looked at. */
const siblings = (): DashboardLinkBuilder =>
  new DashboardLinkBuilder('collaudo')
    .type(DashboardLinkType.Dashboards)
    .tags([houseTag])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true)

const variableOf = (spec: VariableSpec): QueryVariableBuilder | CustomVariableBuilder => {
  const { name, label } = spec
  if (spec.kind === 'words') return new CustomVariableBuilder(name).label(label).values(spec.words.join(','))
  const builder = new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query({ query: `label_values(${spec.from}, ${spec.of})`, refId: 'A' })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalDesc)
  return spec.hasAll ? builder.includeAll(true).allValue('.*') : builder
}

/** A stretch from the injection to its end: consecutive ones of the series become one. */
const faults = (): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name('Faults')
    .datasource(datasource)
    .enable(true)
    .iconColor('red')
    .expr(`${series(metrics.faultActive)} > 0`)
    .step('5s')
    .titleFormat('{{kind}}')
    .textFormat('{{component}}')

const addRows = (builder: DashboardBuilder, { rows }: DashboardSpec): void => {
  let id = 0
  for (const { row, place, panels } of placed(rows)) {
    const title = new RowBuilder(row.title).gridPos(place).id(++id)
    const built = panels.map(({ panel, place: gridPos }) => panelOf(panel, { gridPos, id: ++id }))
    if (row.isClosed) {
      title.collapsed(true)
      for (const panel of built) title.withPanel(panel)
    }
    builder.withRow(title)
    if (!row.isClosed) for (const panel of built) builder.withPanel(panel)
  }
}
