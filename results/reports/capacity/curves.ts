import type { CapacityRecord, Limit, Search } from '../../../model/capacity-record.ts'
import { byLoad } from '../../capacity/by-load.ts'
import { formatMs, formatTimes } from '../../format.ts'
import { chartText, colours, drawSvg, faintLines, frameOf } from '../svg-chart.ts'
import { limitRows } from './limit-in-words.ts'
import { slowestP95Ms } from './trial-in-words.ts'

interface Size {
  readonly widthPx: number
  readonly heightPx: number
}
type XY = readonly [number, number]
type Series = { readonly name: string } & Readonly<Record<string, unknown>>

/** Journeys offered and done per second over the load, with the limits and the forecast as upright lines. */
export const throughputCurve = (search: Search, forecast: CapacityRecord['forecast'], size: Size): string => {
  const at = (perSecond: (trial: Search['trials'][number]) => number) => pointsOf(search, perSecond)
  const [offered, done] = [at(({ offeredPerSecond }) => offeredPerSecond), at((trial) => trial.completedPerSecond)]
  const top = Math.max(1, ...offered.map(([, y]) => y))
  return draw('capacity-throughput', size, {
    series: [
      { ...line('offered', colours.grey, offered), lineStyle: { width: 5, opacity: 0.7 } },
      line('done', colours.blue, done),
      ...uprights(search, forecast, [0, top]),
    ],
    yAxis: { type: 'value', axisLabel: { ...chartText, formatter: String } },
  })
}

/** p95 of the slowest system over the load, on a logarithmic scale, with the same lines. */
export const latencyCurve = (search: Search, forecast: CapacityRecord['forecast'], size: Size): string => {
  const p95 = pointsOf(search, (trial) => Math.max(1, slowestP95Ms(trial)))
  const values = p95.map(([, y]) => y)
  const [bottom, top] = [Math.min(...values, 1000), Math.max(...values, 10)]
  return draw('capacity-latency', size, {
    series: [line('p95', colours.red, p95), ...uprights(search, forecast, [bottom, top])],
    yAxis: { type: 'log', axisLabel: { ...chartText, formatter: formatMs }, minorSplitLine: { show: false } },
  })
}

const draw = (
  chart: string,
  { widthPx, heightPx }: Size,
  { series, yAxis }: { readonly series: readonly Series[]; readonly yAxis: object },
): string =>
  drawSvg(
    {
      ...frameOf(
        series.map(({ name }) => name),
        widthPx,
      ),
      xAxis: {
        type: 'value',
        min: 0,
        splitNumber: widthPx < 500 ? 4 : 10,
        axisLabel: { ...chartText, formatter: formatTimes, hideOverlap: true },
        splitLine: { show: false },
      },
      yAxis: { splitLine: faintLines, boundaryGap: [0, '6%'], ...yAxis },
      series: [...series],
    },
    { chart, widthPx, heightPx },
  )

const line = (name: string, colour: string, data: readonly XY[]) => ({
  type: 'line',
  name,
  data,
  symbol: 'circle',
  symbolSize: 7,
  lineStyle: { width: 2 },
  color: colour,
})

const pointsOf = ({ trials }: Search, value: (trial: Search['trials'][number]) => number): readonly XY[] =>
  byLoad(trials)
    .filter(({ ended }) => ended === 'completed')
    .map((trial) => [trial.loadRatio, value(trial)])

const limitColours: Readonly<Record<string, string>> = {
  'gate limit': colours.green,
  knee: colours.orange,
  breakpoint: colours.pink,
}

const uprights = (search: Search, { loadRatio }: CapacityRecord['forecast'], [bottom, top]: XY) => [
  upright('forecast', colours.purple, [
    [loadRatio, bottom],
    [loadRatio, top],
  ]),
  ...limitRows(search).flatMap(([name, limit]) => {
    const x = placeOf(limit)
    if (x === undefined) return []
    return upright(name, limitColours[name] ?? colours.grey, [
      [x, bottom],
      [x, top],
    ])
  }),
]

const upright = (name: string, colour: string, data: readonly XY[]) => ({
  ...line(name, colour, data),
  symbol: 'none',
  lineStyle: { width: 2, type: 'dashed' },
})

const placeOf = (limit: Limit): number | undefined => (limit.kind === 'found' ? limit.loadRatio : undefined)
