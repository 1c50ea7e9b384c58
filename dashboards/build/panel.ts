import { PanelBuilder as BarGaugePanel } from '@grafana/grafana-foundation-sdk/bargauge'
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import {
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type GridPos,
  MappingType,
  type Panel,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as HeatmapPanel } from '@grafana/grafana-foundation-sdk/heatmap'
import { PanelBuilder as StatPanel } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimelinePanel } from '@grafana/grafana-foundation-sdk/statetimeline'
import { TextMode, PanelBuilder as TextPanel } from '@grafana/grafana-foundation-sdk/text'
import { PanelBuilder as TimeSeriesPanel } from '@grafana/grafana-foundation-sdk/timeseries'
import { plain } from '../house.ts'
import type { PanelSpec, Thresholds } from '../spec.ts'
import { units } from '../spec.ts'
import { datasource, target } from './query.ts'
import { tablePanel } from './table.ts'

/** Where a panel stands, and its number on the dashboard. */
export interface Placed {
  readonly gridPos: GridPos
  readonly id: number
}

/** A panel as Grafana has it. */
export const panelOf = (spec: PanelSpec, at: Placed): Builder<Panel> => {
  switch (spec.kind) {
    case 'text':
      return placedPanel(new TextPanel(), spec, at).mode(TextMode.Markdown).content(spec.content)
    case 'stat':
      return queried(new StatPanel(), spec, at)
        .colorMode(BigValueColorMode.Background)
        .graphMode(BigValueGraphMode.None)
        .reduceOptions(lastValue())
    case 'bar-gauge':
      return queried(new BarGaugePanel(), spec, at).orientation(VizOrientation.Horizontal).reduceOptions(lastValue())
    case 'time-series':
      return timeSeries(spec, at)
    case 'state-timeline':
      return queried(new TimelinePanel(), spec, at).showValue(VisibilityMode.Never).mergeValues(true)
    case 'heatmap':
      return queried(new HeatmapPanel(), spec, at).showLegend()
    case 'table':
      return tablePanel(queried, spec, at)
  }
}

type Kind<K extends PanelSpec['kind']> = Extract<PanelSpec, { readonly kind: K }>

const timeSeries = (spec: Kind<'time-series'>, at: Placed): TimeSeriesPanel => {
  const panel = queried(new TimeSeriesPanel(), spec, at)
    .lineWidth(1)
    .fillOpacity(5)
    .showPoints(VisibilityMode.Never)
    .min(0)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
  for (const [index, { isLimit }] of spec.queries.entries()) if (isLimit) panel.overrideByQuery(refId(index), dashed)
  return panel
}

const dashed = [
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'color', value: { mode: 'fixed', fixedColor: 'red' } },
]

/** What every panel's builder has. */
interface PanelBuilder {
  title(title: string): this
  description(description: string): this
  gridPos(gridPos: GridPos): this
  id(id: number): this
}

interface ChartBuilder extends PanelBuilder {
  datasource(datasource: DataSourceRef): this
  withTarget(target: Builder<Dataquery>): this
  unit(unit: string): this
  thresholds(thresholds: Builder<ThresholdsConfig>): this
  mappings(mappings: ValueMapping[]): this
  noValue(text: string): this
}

const placedPanel = <B extends PanelBuilder>(
  builder: B,
  { title, description }: PanelSpec,
  { gridPos, id }: Placed,
): B => builder.title(title).description(description).gridPos(gridPos).id(id)

type Queried = Exclude<PanelSpec, { readonly kind: 'text' }>

/** Names of the queries of a panel: A, B, … */
const refId = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index)

const queried = <B extends ChartBuilder>(builder: B, spec: Queried, at: Placed): B => {
  const { queries, unit, thresholds = plain, words = {}, emptyWithout, kind } = spec
  placedPanel(builder, spec, at).datasource(datasource).unit(units[unit]).thresholds(steps(thresholds))
  builder.mappings(mappingsOf(words)).noValue(emptyWithout === undefined ? 'none' : `only of ${emptyWithout}`)
  for (const [index, query] of queries.entries()) builder.withTarget(target(query, { refId: refId(index), kind }))
  return builder
}

const steps = (thresholds: Thresholds): ThresholdsConfigBuilder =>
  new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(thresholds.map(({ from, color }) => ({ value: from, color })))

const mappingsOf = (words: Readonly<Record<number, string>>): ValueMapping[] => {
  const options = Object.fromEntries(Object.entries(words).map(([value, text]) => [value, { text }]))
  return Object.keys(options).length === 0 ? [] : [{ type: MappingType.ValueToText, options }]
}

const lastValue = (): ReduceDataOptionsBuilder => new ReduceDataOptionsBuilder().calcs(['lastNotNull'])
