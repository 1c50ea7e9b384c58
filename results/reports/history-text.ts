import { formatCount } from '../format.ts'
import type { LikeRuns } from '../history/like-runs.ts'
import { fewestRuns } from '../history/noise-band.ts'
import { nameOf } from '../history/step-name.ts'
import { type Figure, figures, type StepTrend, stepTrends, type TrendPoint } from '../history/step-trends.ts'
import { aligned, type Cells } from './aligned.ts'
import { bandText, figureText } from './band-text.ts'
import type { Style } from './terminal.ts'

/** Kinds of runs that are shown; the JSON has all. */
const shownGroups = 5
/** Of a run that is outside, so many steps are named. */
const namedSteps = 3

const names: Readonly<Record<Figure, string>> = { p50Ms: 'p50', p95Ms: 'p95', p99Ms: 'p99', failedRatio: 'failed' }

/** Every step of the latest kinds of runs with its trend, what is usual, and the runs that were outside; of one step, run by run. */
export const historyText = (
  groups: readonly LikeRuns[],
  { step, style }: { readonly step: string | undefined; readonly style: Style },
): string => {
  const shown = groups.slice(0, shownGroups).flatMap((group) => ['', ...ofGroup(group, step, style)])
  const left = groups.length - shownGroups
  const rest = `${left} older kinds of runs are not shown: name a scenario, or see --json.`
  return [...shown.slice(1), ...(left > 0 ? ['', rest] : []), ''].join('\n')
}

const ofGroup = (group: LikeRuns, step: string | undefined, style: Style): readonly string[] => {
  const trends = stepTrends(group.entries)
  const chosen = trends.filter((trend) => step === undefined || nameOf(trend) === step)
  const table = step === undefined ? overview(chosen, style) : chosen.flatMap((trend) => runByRun(trend, style))
  return [...heading(group, style), '', ...table, ...(step === undefined ? outsideLines(chosen) : [])]
}

const heading = ({ entries, runs }: LikeRuns, style: Style): readonly string[] => {
  const last = entries.at(-1)
  if (!last) return []
  const { experiment, scenario, target, seed, fingerprint, defects } = last
  const what = `${experiment ?? scenario} on ${target}`
  const broken = defects.length === 0 ? '' : `, with ${defects.map(({ kind }) => kind).join(', ')}`
  return [
    style(
      'bold',
      `${what}, seed ${seed}, plan ${fingerprint.slice(0, 12)}${broken}: ${runs === 1 ? '1 run' : `${formatCount(runs)} runs`}`,
    ),
    `the last ${last.id} at ${minutes(last.startedAt)}: ${last.verdict}`,
  ]
}

const minutes = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`

const overview = (trends: readonly StepTrend[], style: Style): readonly string[] => {
  const rows = trends.flatMap(({ points, ...of }) => {
    const last = points.at(-1)
    if (!last) return []
    const name = nameOf(of).replaceAll('/', ' / ')
    return [
      [
        name,
        sparkline(points.map(({ p95Ms }) => p95Ms)),
        figureText('p95Ms', last.p95Ms),
        bandText(last, 'p95Ms'),
        mark(last, style),
      ],
    ]
  })
  return [...aligned([['p95 from sent', 'runs', 'last', 'usual', ''], ...rows]), '', usualOf(trends)]
}

/** Of how many runs a band is told, or why there is none. */
const usualOf = (trends: readonly StepTrend[]): string => {
  const most = Math.max(0, ...trends.map(({ points }) => points.at(-1)?.bands.p95Ms?.runs ?? 0))
  if (most > 0)
    return `Usual: median ± 3 robust deviations (1.4826 × MAD) of ${formatCount(most)} earlier runs of the same plan on the same target.`
  return `Usual: no band can be told yet; it takes ${fewestRuns} earlier runs of the same plan on the same target that were measured to their end.`
}

const bars = '▁▂▃▄▅▆▇█'

/** From 0 to the highest; a dot where there is no value. */
const sparkline = (values: readonly (number | null)[]): string => {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE)
  return values
    .map((value) =>
      value === null ? '·' : (bars[Math.min(bars.length - 1, Math.floor((value / most) * bars.length))] ?? ''),
    )
    .join('')
}

/** `above: p95, p99`; empty inside the band. */
const markText = ({ outside }: TrendPoint): string =>
  (['above', 'below'] as const)
    .map((side) => ({ side, of: outside.filter((one) => one.side === side) }))
    .filter(({ of }) => of.length > 0)
    .map(({ side, of }) => `${side}: ${of.map(({ figure }) => names[figure]).join(', ')}`)
    .join('; ')

const mark = (point: TrendPoint, style: Style): Cells[number] => ({
  text: markText(point),
  look: (text) => style(point.outside.some(({ side }) => side === 'above') ? 'bad' : 'good', text),
})

/** Runs with a step outside of its band, latest first. */
const outsideLines = (trends: readonly StepTrend[]): readonly string[] => {
  const ids = [...new Set(trends.flatMap(({ points }) => points.map(({ id }) => id)))].toSorted().reverse()
  const lines = ids.flatMap((id) => {
    const found = trends.flatMap(({ points, ...of }) => {
      const point = points.find((one) => one.id === id && one.outside.length > 0)
      return point ? [{ of, point }] : []
    })
    const [first] = found
    if (!first) return []
    const named = found
      .slice(0, namedSteps)
      .map(({ of, point }) => `${nameOf(of).replaceAll('/', ' / ')} ${markText(point)}`)
    const more = found.length > namedSteps ? `; ${found.length - namedSteps} more steps` : ''
    return [`  ${id} (${first.point.verdict}): ${named.join('; ')}${more}`]
  })
  return lines.length === 0 ? [] : ['', 'Outside:', ...lines]
}

const runByRun = ({ points, ...of }: StepTrend, style: Style): readonly string[] => {
  const rows = points.map((point) => [
    point.id,
    minutes(point.startedAt),
    point.commit.slice(0, 7) || '–',
    point.verdict,
    formatCount(point.requests),
    ...figures.map((figure) => figureText(figure, point[figure])),
    mark(point, style),
  ])
  const last = points.at(-1)
  const usual = last ? [['usual', '', '', '', '', ...figures.map((figure) => bandText(last, figure)), '']] : []
  return [
    nameOf(of).replaceAll('/', ' / '),
    ...aligned([
      ['run', 'started', 'commit', 'verdict', 'requests', ...figures.map((figure) => names[figure]), ''],
      ...rows,
      ...usual,
    ]),
    '',
    usualOf([{ points, ...of }]),
  ]
}
