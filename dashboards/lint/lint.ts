import { columns, type Place, placed } from '../build/grid.ts'
import type { DashboardSpec, PanelSpec } from '../spec.ts'
import { problemsOfQuery } from './query-rules.ts'

/** So many panels are seen without scrolling at most, and so high is that, in rows of the grid. */
const panelsAboveFold = 12
const foldY = 24

/** What is wrong with the dashboards, a sentence each with its place; none: nothing. */
export const lint = (dashboards: readonly DashboardSpec[]): readonly string[] => {
  const uids = dashboards.map(({ uid }) => uid)
  return [
    ...uids
      .filter((uid, index) => uids.indexOf(uid) !== index)
      .map((uid) => `expected a uid of its own, got ${uid} twice`),
    ...dashboards.flatMap((spec) =>
      [...problemsOfDashboard(spec, uids), ...problemsOfGrid(spec)].map((problem) => `${spec.uid}: ${problem}`),
    ),
  ]
}

const problemsOfDashboard = (spec: DashboardSpec, uids: readonly string[]): readonly string[] => {
  const panels = spec.rows.flatMap((row) => row.panels)
  const titles = panels.map(({ title }) => title)
  return [
    ...(spec.question.endsWith('?') ? [] : [`expected one question, got ${spec.question}`]),
    ...titles
      .filter((title, index) => titles.indexOf(title) !== index)
      .map((title) => `expected ${title} once, got it twice`),
    ...panels.flatMap((panel) => problemsOfPanel(panel, uids).map((problem) => `${panel.title}: ${problem}`)),
  ]
}

const problemsOfPanel = (panel: PanelSpec, uids: readonly string[]): readonly string[] => {
  const told = panel.description.trim() === '' ? ['expected a description, got none'] : []
  if (panel.kind === 'text') return [...told, ...lostLinks(panel.content, uids)]
  const opened = panel.kind === 'table' && panel.opens !== undefined ? lostLinks(`/d/${panel.opens}`, uids) : []
  return [
    ...told,
    ...opened,
    ...(panel.queries.length === 0 ? ['expected a query, got none'] : []),
    ...panel.queries.flatMap(({ expr, legend }) => [
      ...(legend.trim() === '' ? [`expected a legend of ${expr}, got none`] : []),
      ...problemsOfQuery(expr),
    ]),
  ]
}

const lostLinks = (text: string, uids: readonly string[]): readonly string[] =>
  [...text.matchAll(/\/d\/([\w-]+)/g)]
    .map(([, uid]) => uid ?? '')
    .filter((uid) => !uids.includes(uid))
    .map((uid) => `expected a link to one of the dashboards, got ${uid}`)

const problemsOfGrid = (spec: DashboardSpec): readonly string[] => {
  const rows = placed(spec.rows)
  const seen = rows.flatMap(({ row, place, panels }) =>
    row.isClosed
      ? []
      : [{ title: row.title, place }, ...panels.map((one) => ({ title: one.panel.title, place: one.place }))],
  )
  const shown = rows.flatMap(({ row, panels }) => (row.isClosed ? [] : panels)).filter(({ place }) => place.y < foldY)
  return [
    ...seen
      .filter(({ place }) => place.x + place.w > columns)
      .map(({ title }) => `${title}: expected at most ${columns} columns`),
    ...seen.flatMap((one, index) =>
      seen
        .slice(index + 1)
        .filter((other) => overlap(one.place, other.place))
        .map((other) => `${one.title} and ${other.title}: expected apart, got one over the other`),
    ),
    ...(shown.length > panelsAboveFold
      ? [`expected at most ${panelsAboveFold} panels above the fold, got ${shown.length}`]
      : []),
  ]
}

const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
