import type { HistoryEntry } from '../../model/history-entry.ts'
import { formatMs } from '../format.ts'
import { fewestRuns } from '../history/noise-band.ts'
import { type StepTrend, stepTrends } from '../history/step-trends.ts'
import { bandText } from './band-text.ts'
import { heading } from './html-concepts.ts'
import { table } from './html-table.ts'
import { html, type Markup, trusted } from './html-template.ts'

/** The median of each step over the latest runs of the same plan on the same target, this one last; nothing where it is the first. */
export const trendSection = (runs: readonly HistoryEntry[]): Markup =>
  runs.length < 2
    ? html``
    : html`
${heading('Trend', 'figures')}
<p class="soft">The median (p50 from sent) of each step in the steady phase over the latest runs of this plan on this target, oldest first. Usual is what ${String(fewestRuns)} or more earlier ones came to.</p>
${table(
  [{ title: 'Step' }, { title: 'Runs' }, { title: 'This run', isNumber: true }, { title: 'Usual', isNumber: true }],
  stepTrends(runs).map(cells),
)}`

const cells = ({ stream, journey, step, points }: StepTrend): readonly (string | Markup)[] => {
  const last = points.at(-1)
  return [
    `${stream} / ${journey} / ${step}`,
    sparkline(points.map(({ p50Ms }) => p50Ms)),
    last === undefined || last.p50Ms === null ? '–' : formatMs(last.p50Ms),
    last ? bandText(last, 'p50Ms') : '–',
  ]
}

/** px */
const [width, height, margin] = [120, 24, 3]

/** A line over values from 0 up, with a dot on the last; where there is none, the line has a gap. */
const sparkline = (values: readonly (number | null)[]): Markup => {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE)
  const x = (index: number) => margin + (index / Math.max(1, values.length - 1)) * (width - 2 * margin)
  const y = (value: number) => height - margin - (value / most) * (height - 2 * margin)
  const path = values
    .map((value, index) => {
      if (value === null) return ''
      const isBegun = index > 0 && values[index - 1] !== null
      return `${isBegun ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
  const last = values.at(-1) ?? null
  const dot =
    last === null
      ? ''
      : `<circle cx="${x(values.length - 1).toFixed(1)}" cy="${y(last).toFixed(1)}" r="2.5" fill="currentColor"/>`
  return trusted(
    `<svg class="spark" viewBox="0 0 ${width} ${height}" role="img" aria-label="${values.length} runs"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.5"/>${dot}</svg>`,
  )
}
