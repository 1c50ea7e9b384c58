import { z } from 'zod'

/** What is written of Grafana's classic dashboards (schema 41 and later), no key more: file provisioning passes over what it does not know without a word. */

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
const source = z.strictObject({ type: z.literal('prometheus'), uid: z.literal('${datasource}') })

const gridPos = z.strictObject({
  x: z.number().int().min(0).max(23),
  y: z.number().int().min(0),
  w: z.number().int().min(1).max(24),
  h: z.number().int().min(1),
})

const target = z.strictObject({
  datasource: source,
  expr: z.string().min(1),
  legendFormat: z.string().min(1),
  refId: z.string().regex(/^[A-Z]$/),
  instant: z.boolean().optional(),
  range: z.boolean().optional(),
  format: z.enum(['table', 'heatmap', 'time_series']).optional(),
})

const fieldConfig = z.strictObject({
  defaults: z.strictObject({
    unit: z.string(),
    min: z.number().optional(),
    noValue: z.string(),
    mappings: z.array(
      z.strictObject({ type: z.literal('value'), options: z.record(z.string(), z.strictObject({ text: z.string() })) }),
    ),
    thresholds: z.strictObject({
      mode: z.literal('absolute'),
      steps: z.array(z.strictObject({ value: z.number().nullable(), color: z.string() })).min(1),
    }),
    custom: z.record(z.string(), z.unknown()).optional(),
  }),
  overrides: z.array(
    z.strictObject({
      matcher: z.strictObject({ id: z.enum(['byName', 'byFrameRefID']), options: z.string() }),
      properties: z.array(z.strictObject({ id: z.string(), value: z.unknown() })).min(1),
    }),
  ),
})

const placed = {
  id: z.number().int().positive(),
  title: z.string().min(1),
  gridPos,
  repeatDirection: z.literal('h').optional(),
}

const chart = z.strictObject({
  ...placed,
  type: z.enum(['stat', 'bargauge', 'timeseries', 'state-timeline', 'heatmap', 'table']),
  description: z.string().min(1),
  transparent: z.literal(false),
  datasource: source,
  targets: z.array(target).min(1),
  fieldConfig,
  options: z.record(z.string(), z.unknown()),
  transformations: z.array(z.strictObject({ id: z.string(), options: z.record(z.string(), z.unknown()) })).optional(),
})

const text = z.strictObject({
  ...placed,
  type: z.literal('text'),
  description: z.string().min(1),
  transparent: z.literal(false),
  options: z.looseObject({ mode: z.literal('markdown'), content: z.string().min(1) }),
})

const panel = z.discriminatedUnion('type', [chart, text])

const row = z.strictObject({ ...placed, type: z.literal('row'), collapsed: z.boolean(), panels: z.array(panel) })

const variable = z.looseObject({
  name: z.string(),
  label: z.string().min(1),
  type: z.enum(['datasource', 'query', 'custom']),
})

export const classicDashboardSchema = z.strictObject({
  uid: z.string().regex(/^collaudo-[a-z-]+$/),
  title: z.string().min(1),
  description: z.string().min(1),
  tags: z.array(z.string()).min(1),
  timezone: z.string(),
  editable: z.literal(false),
  graphTooltip: z.number(),
  time: z.strictObject({ from: z.string(), to: z.string() }),
  fiscalYearStartMonth: z.number(),
  refresh: z.string(),
  schemaVersion: z.number().int().min(41),
  panels: z.array(z.discriminatedUnion('type', [row, chart, text])).min(1),
  templating: z.strictObject({ list: z.array(variable).min(1) }),
  annotations: z.strictObject({ list: z.array(z.looseObject({ name: z.string(), expr: z.string() })).optional() }),
  links: z.array(
    z.looseObject({ type: z.literal('dashboards'), tags: z.array(z.string()), keepTime: z.literal(true) }),
  ),
})
