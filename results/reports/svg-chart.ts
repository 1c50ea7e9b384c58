import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, LegendComponent, SVGRenderer])

/** Stands for the page's text colour, so that one chart is legible on light and on dark. */
export const ink = '#010203'
/** Mid tones, each at least 3:1 against white and against the dark page. */
export const colours = {
  blue: '#3d7fc1',
  orange: '#c9751a',
  green: '#3f8f57',
  red: '#d1493f',
  purple: '#8f68b8',
  sand: '#c2a878',
  grey: '#7d848c',
  teal: '#2b8c92',
  pink: '#b0568f',
}

export const chartText = { color: ink, fontSize: 13, fontFamily: 'system-ui, sans-serif' }
export const faintLines = { lineStyle: { color: ink, opacity: 0.15 } }

/** What every chart has around its lines: a legend of their names, and room for it. */
export const frameOf = (names: readonly string[], widthPx: number): EChartsCoreOption => ({
  animation: false,
  textStyle: chartText,
  grid: {
    left: 8,
    right: 16,
    top: 16 + legendRows(names, widthPx) * 22,
    bottom: 4,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  },
  legend: {
    top: 0,
    left: 0,
    textStyle: chartText,
    itemWidth: 30,
    itemGap: 24,
    itemStyle: { opacity: 0 },
    lineStyle: { width: 4 },
    data: [...names],
  },
})

/** Lines that the legend takes: about 8 px a letter and 70 px for the rest of an item. */
const legendRows = (names: readonly string[], widthPx: number): number =>
  Math.ceil(names.reduce((sum, name) => sum + 70 + 8 * name.length, 0) / widthPx)

/** A chart of this name as an SVG in the page's colour; the same option gives the same bytes. */
export const drawSvg = (
  option: EChartsCoreOption,
  { chart: name, widthPx, heightPx }: { readonly chart: string; readonly widthPx: number; readonly heightPx: number },
): string => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx })
  try {
    chart.setOption(option)
    return still(chart.renderToSVGString(), `${name}-${widthPx}-`)
  } finally {
    chart.dispose()
  }
}

/** Without what moves under a mouse, and with ids of the chart's own in place of those that echarts numbers by process. */
const still = (svg: string, idPrefix: string): string =>
  svg
    .replaceAll(ink, 'currentColor')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, idPrefix)
