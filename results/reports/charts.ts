import { MarkAreaComponent } from 'echarts/components'
import { type EChartsCoreOption, use } from 'echarts/core'
import { type JourneyOutcome, journeyOutcomes } from '../../model/outcome.ts'
import type { Phase } from '../../model/phase.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { formatMs } from '../format.ts'
import type { Timeline, TimelinePoint } from '../read-timeline.ts'
import { chartText, colours, drawSvg, faintLines, frameOf, ink } from './svg-chart.ts'

use([MarkAreaComponent])

/** What charts are drawn from, at which size in px. */
export interface ChartInput {
  readonly timeline: Timeline
  readonly phases: readonly Phase[]
  /** Drawn over the phases. */
  readonly faults: RunRecord['faults']
  readonly widthPx: number
  readonly heightPx: number
}

const outcomeColours: Readonly<Record<JourneyOutcome, string>> = {
  done: colours.green,
  'no-offer': colours.orange,
  'lost-race': colours.blue,
  refused: colours.purple,
  declined: colours.sand,
  blocked: colours.grey,
  failed: colours.red,
  abandoned: colours.pink,
  cut: colours.teal,
}

type Series = { readonly name: string } & Readonly<Record<string, unknown>>
type XY = readonly [number, number | null]

/** Rows due and rows started, per second. */
export const arrivalsChart = (input: ChartInput): string => {
  const perSecond = 1000 / input.timeline.widthMs
  const at = (count: (point: TimelinePoint) => number) => values(input.timeline, (point) => count(point) * perSecond)
  return render(input, { chart: 'arrivals', format: String }, [
    {
      ...line(
        'planned',
        colours.grey,
        at(({ planned }) => planned),
      ),
      lineStyle: { width: 5, opacity: 0.7 },
    },
    line(
      'started',
      colours.blue,
      at(({ started }) => started),
    ),
  ])
}

/** Latency of answered requests, from due (first steps) and from sent (all steps). */
export const latencyChart = (input: ChartInput): string => {
  const at = (from: 'fromSent' | 'fromDue', quantile: number) =>
    values(input.timeline, (point) => (point[from].count === 0 ? null : Math.max(0.1, point[from].quantile(quantile))))
  return render(input, { chart: 'latency', format: formatMs, isLog: true }, [
    line('p95 from due', colours.red, at('fromDue', 0.95)),
    { ...line('p50 from due', colours.red, at('fromDue', 0.5)), lineStyle: { width: 2, type: 'dashed' } },
    line('p95 from sent', colours.blue, at('fromSent', 0.95)),
    { ...line('p50 from sent', colours.blue, at('fromSent', 0.5)), lineStyle: { width: 2, type: 'dashed' } },
  ])
}

/** Steps that were answered in time, of all that were sent. */
export const qualityChart =
  (goodWithinMs: number) =>
  (input: ChartInput): string =>
    render(input, { chart: 'quality', format: String }, [
      line(
        'good steps, %',
        colours.green,
        values(input.timeline, ({ fromSent, failedSteps }) => {
          const sent = fromSent.count + failedSteps
          return sent === 0 ? null : (fromSent.countUpTo(goodWithinMs) / sent) * 100
        }),
      ),
    ])

/** How journeys ended, stacked, per second. */
export const outcomesChart = (input: ChartInput): string => {
  const perSecond = 1000 / input.timeline.widthMs
  const seen = journeyOutcomes.filter((outcome) =>
    input.timeline.points.some(({ outcomes }) => (outcomes[outcome] ?? 0) > 0),
  )
  const series = seen.map((name) => ({
    ...line(
      name,
      outcomeColours[name],
      values(input.timeline, ({ outcomes }) => (outcomes[name] ?? 0) * perSecond),
    ),
    stack: 'all',
    step: 'end',
    lineStyle: { width: 0 },
    areaStyle: { opacity: 0.9 },
  }))
  return render(input, { chart: 'outcomes', format: String }, series)
}

const line = (name: string, colour: string, data: readonly XY[]): Series => ({
  type: 'line',
  name,
  data,
  symbol: data.length === 1 ? 'circle' : 'none',
  lineStyle: { width: 2 },
  color: colour,
})

/** [seconds, value] of each point. */
const values = ({ points }: Timeline, value: (point: TimelinePoint) => number | null): readonly XY[] =>
  points.map((point) => [point.atMs / 1000, value(point)])

interface Axis {
  readonly chart: string
  readonly format: (value: number) => string
  readonly isLog?: boolean
}

const render = (input: ChartInput, axis: Axis, series: readonly Series[]): string =>
  drawSvg(optionOf(input, axis, series), { ...input, chart: axis.chart })

const optionOf = (input: ChartInput, axis: Axis, series: readonly Series[]): EChartsCoreOption => {
  const endSeconds = Math.max(1, ...input.timeline.points.map(({ atMs }) => (atMs + input.timeline.widthMs) / 1000))
  return {
    ...frameOf(
      series.map(({ name }) => name),
      input.widthPx,
    ),
    xAxis: {
      type: 'value',
      min: 0,
      max: endSeconds,
      splitNumber: input.widthPx < 500 ? 4 : 10,
      axisLabel: { ...chartText, formatter: clockOf, hideOverlap: true },
      splitLine: { show: false },
      axisLine: { lineStyle: { color: ink } },
    },
    yAxis: {
      type: axis.isLog ? 'log' : 'value',
      boundaryGap: [0, '12%'],
      axisLabel: { ...chartText, formatter: axis.format },
      splitLine: faintLines,
      minorSplitLine: { show: false },
    },
    series: series.map((one, index) => (index === 0 ? { ...one, markArea: phaseAreas(input, endSeconds) } : one)),
  }
}

/** Every phase as a shaded stretch with its name; each fault is drawn over it for as long as it was there. */
const phaseAreas = ({ phases, faults, widthPx }: ChartInput, endSeconds: number) => ({
  silent: true,
  label: { color: ink, fontSize: 12, position: 'insideTop', distance: 2 },
  data: [...phases, ...faults.flatMap(faultStretch)].flatMap(({ name, fromMs, toMs }, index) => {
    const [from, to] = [Math.max(0, fromMs / 1000), Math.min(endSeconds, toMs / 1000)]
    if (from >= to) return []
    const isWideEnough = ((to - from) / endSeconds) * widthPx > name.length * 9
    const isFault = index >= phases.length
    const colour = isFault ? colours.red : colours.grey
    const opacity = isFault ? 0.22 : index % 2 === 0 ? 0.16 : 0.04
    return [[{ name: isWideEnough ? name : '', xAxis: from, itemStyle: { color: colour, opacity } }, { xAxis: to }]]
  }),
})

/** Without a name: that of its phase stands there. */
const faultStretch = ({ injectedMs, restoredMs }: RunRecord['faults'][number]) =>
  injectedMs === null ? [] : [{ name: '', fromMs: injectedMs, toMs: restoredMs ?? Number.POSITIVE_INFINITY }]

/** `1:05` of minutes and seconds, `2:00:00` with hours. */
const clockOf = (seconds: number): string => {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
