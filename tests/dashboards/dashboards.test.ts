import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { dashboardOf } from '../../dashboards/build/dashboard.ts'
import { columns, placed } from '../../dashboards/build/grid.ts'
import { dashboardsFolder, staleFiles } from '../../dashboards/files.ts'
import { lint } from '../../dashboards/lint/lint.ts'
import { dashboards } from '../../dashboards/registry.ts'
import { renderedFiles } from '../../dashboards/rendered.ts'
import type { DashboardSpec, PanelSpec, QuerySpec } from '../../dashboards/spec.ts'
import { metrics } from '../../model/metrics.ts'
import { classicDashboardSchema } from './classic-dashboard.ts'

const panelsOf = ({ rows }: DashboardSpec): readonly PanelSpec[] => rows.flatMap(({ panels }) => panels)

const sound: QuerySpec = { expr: 'max(collaudo_elapsed_seconds{run="$run"})', legend: 'clock' }

/** A dashboard of one panel, changed by each test. */
const dashboard = (panel: Partial<Extract<PanelSpec, { kind: 'time-series' }>> = {}): DashboardSpec => ({
  uid: 'collaudo-made',
  title: 'Made',
  question: 'Is it found?',
  readers: 'the linter',
  tags: [],
  variables: [],
  hasFaults: false,
  rows: [
    {
      title: 'Row',
      panels: [
        {
          kind: 'time-series',
          title: 'Panel',
          description: 'One.',
          width: 12,
          unit: 'seconds',
          queries: [sound],
          ...panel,
        },
      ],
    },
  ],
})

const asking = (expr: string) => dashboard({ queries: [{ expr, legend: 'one' }] })

describe('the dashboards', () => {
  it('have nothing that the linter finds', () => {
    expect(lint(dashboards)).toEqual([])
  })

  it('are committed as they are rendered', () => {
    expect(staleFiles(dashboardsFolder, renderedFiles())).toEqual([])
  })

  it('each stand with their question in the page that leads to them', () => {
    const page = readFileSync(join(dashboardsFolder, '../docs/how-to/dashboards.md'), 'utf8').toLowerCase()
    expect(
      dashboards.filter(({ title }) => !page.includes(`| ${title.toLowerCase()}`)).map(({ title }) => title),
    ).toEqual([])
  })

  it('each answer one question, and begin with the verdict where a run has one', () => {
    for (const uid of ['collaudo-run-overview', 'collaudo-chaos', 'collaudo-compare', 'collaudo-capacity']) {
      const spec = dashboards.find((one) => one.uid === uid)
      expect(spec?.rows[0]?.panels[0]?.kind).toBe('stat')
      expect(JSON.stringify(spec?.rows[0]?.panels[0])).toContain(metrics.verdict.name)
    }
  })

  it('show every metric that is pushed somewhere, or say in which table it stands', () => {
    const text = dashboards
      .flatMap(panelsOf)
      .map((panel) => JSON.stringify(panel))
      .join('\n')
    const unseen = Object.values(metrics).filter(
      ({ name }) => !text.includes(`${name}{`) && name !== metrics.runInfo.name,
    )
    expect(unseen.map(({ name }) => name)).toEqual([])
  })
})

describe('the linter', () => {
  it('finds nothing in what is sound', () => {
    expect(lint([dashboard()])).toEqual([])
  })

  it.each<[string, DashboardSpec, string]>([
    ['a metric that nobody pushes', asking('max(collaudo_nothing{run="$run"})'), 'expected a metric of model/metrics'],
    [
      'a label that the metric has not got',
      asking('max(collaudo_elapsed_seconds{run="$run",color="red"})'),
      'expected a label of',
    ],
    ['a query of all runs at once', asking('max(collaudo_elapsed_seconds)'), 'expected the run in every query'],
    ['runs that are added up', asking('max(collaudo_elapsed_seconds{run!=""})'), 'expected by (run)'],
    [
      'an average of quantiles',
      asking('avg(histogram_quantile(0.95, rate(collaudo_step_duration_seconds{run="$run"}[1m])))'),
      'expected no average',
    ],
    [
      'a function that Prometheus 2.42 has not got',
      asking('histogram_avg(rate(collaudo_step_duration_seconds{run="$run"}[1m]))'),
      'that Prometheus 2.42 and 3.x both have',
    ],
    [
      'a counter that is read as it stands',
      asking('max(collaudo_steps_total{run="$run"})'),
      'inside rate or max_over_time',
    ],
    ['a rate of a gauge', asking('sum(rate(collaudo_rows_waiting{run="$run"}[1m]))'), 'collaudo_rows_waiting inside'],
    ['what is no PromQL', asking('sum(rate(collaudo_steps_total{run="$run"}[1m])'), 'expected PromQL'],
    [
      'grouping by what is not there',
      asking('max by (color) (collaudo_elapsed_seconds{run="$run"})'),
      'expected to group by a label',
    ],
    ['a panel without a description', dashboard({ description: ' ' }), 'expected a description'],
    ['a query without a legend', dashboard({ queries: [{ ...sound, legend: '' }] }), 'expected a legend'],
    ['a panel that asks nothing', dashboard({ queries: [] }), 'expected a query'],
    ['a panel that is too wide', dashboard({ width: 25 }), 'expected at most 24 columns'],
    ['more than one question', { ...dashboard(), question: 'Things' }, 'expected one question'],
  ])('finds %s', (_, spec, problem) => {
    expect(lint([spec]).join('\n')).toContain(problem)
  })

  it('finds a lost link, a uid that two have, a title that stands twice and a crowded fold', () => {
    const text: PanelSpec = {
      kind: 'text',
      title: 'Text',
      description: 'Links.',
      width: 6,
      content: '[gone](/d/collaudo-gone)',
    }
    const [row] = dashboard().rows
    const crowd = Array.from({ length: 13 }, (_, index) => ({ ...text, title: `Text ${index}`, width: 4, content: '' }))
    const of = (panels: readonly PanelSpec[]) => ({ ...dashboard(), rows: [{ title: row?.title ?? '', panels }] })
    expect(lint([of([text])]).join()).toContain('expected a link to one of the dashboards, got collaudo-gone')
    expect(lint([dashboard(), dashboard()]).join()).toContain('expected a uid of its own')
    expect(
      lint([
        of([
          { ...text, content: '' },
          { ...text, content: '' },
        ]),
      ]).join(),
    ).toContain('expected Text once')
    expect(lint([of(crowd)]).join()).toContain('expected at most 12 panels above the fold, got 13')
  })
})

describe('the grid', () => {
  it('never lays one panel over another, and never beyond its columns', () => {
    const widths = fc.array(
      fc.record({ width: fc.integer({ min: 1, max: columns }), height: fc.integer({ min: 1, max: 12 }) }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(widths, widths, (above, below) => {
        const text = (size: { width: number; height: number }): PanelSpec => ({
          kind: 'text',
          title: '',
          description: '',
          content: '',
          ...size,
        })
        const rows = [above, below].map((sizes, index) => ({ title: `${index}`, panels: sizes.map(text) }))
        const places = placed(rows).flatMap(({ place, panels }) => [place, ...panels.map((one) => one.place)])
        const cells = places.flatMap(({ x, y, w, h }) =>
          Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
        )
        expect(new Set(cells).size).toBe(cells.length)
        expect(Math.max(...places.map(({ x, w }) => x + w))).toBeLessThanOrEqual(columns)
      }),
    )
  })
})

describe('what Grafana reads', () => {
  it.each(dashboards.map((spec) => [spec.uid, spec] as const))(
    '%s has panels of one number each, and the source that is chosen',
    (_, spec) => {
      const { panels = [], schemaVersion, uid } = dashboardOf(spec)
      const all = panels.flatMap((panel) => [panel, ...('panels' in panel ? (panel.panels ?? []) : [])])
      const ids = all.map(({ id }) => id)
      expect(uid).toBe(spec.uid)
      expect(schemaVersion).toBeGreaterThanOrEqual(41)
      expect(new Set(ids).size).toBe(ids.length)
      const sources = all.flatMap((panel) => ('datasource' in panel && panel.datasource ? [panel.datasource.uid] : []))
      expect(new Set(sources).size).toBeLessThanOrEqual(1)
    },
  )

  it.each(dashboards.map((spec) => [spec.uid, spec] as const))(
    '%s is a classic dashboard and nothing else',
    (_, spec) => {
      const written = JSON.parse(JSON.stringify(dashboardOf(spec)))
      expect(classicDashboardSchema.safeParse(written).error?.issues ?? []).toEqual([])
    },
  )

  it('is no classic dashboard with a key that nobody knows, or a panel without its source', () => {
    const [spec] = dashboards.filter(({ uid }) => uid === 'collaudo-cost')
    const written = JSON.parse(JSON.stringify(spec && dashboardOf(spec)))
    expect(classicDashboardSchema.safeParse({ ...written, colour: 'red' }).success).toBe(false)
    const panels = written.panels.map(({ datasource: _, ...panel }: { datasource?: unknown }) => panel)
    expect(classicDashboardSchema.safeParse({ ...written, panels }).success).toBe(false)
  })

  it('is provisioned from the folders that the compose file mounts, with the time between two pushes', () => {
    const read = (path: string) => parse(readFileSync(join(dashboardsFolder, path), 'utf8'))
    const compose = read('compose.yaml')
    const provider = read('provisioning/dashboards/collaudo.yaml').providers[0]
    expect(compose.services.grafana.volumes).toContain(`./rendered:${provider.options.path}:ro`)
    expect(read('provisioning/datasources/prometheus.yaml').datasources[0].jsonData.timeInterval).toBe('5s')
    expect(compose.services.prometheus.command).toContain('--web.enable-remote-write-receiver')
    expect(read('prometheus.yaml').rule_files).toEqual(['rules/collaudo.yaml'])
  })
})
