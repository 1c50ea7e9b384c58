import { z } from 'zod'
import type { QuerySpec } from '../../../dashboards/spec.ts'

const labels = z.record(z.string(), z.string())
const point = z.tuple([z.number(), z.string()])
const histograms = z.array(z.tuple([z.number(), z.object({ count: z.string() }).loose()]))

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    result: z.array(
      z.object({
        metric: labels,
        value: point.optional(),
        values: z.array(point).optional(),
        histograms: histograms.optional(),
      }),
    ),
  }),
})
export type Answer = z.infer<typeof answerSchema>['data']['result']

/** A run that panels are asked about, Unix ms. */
export interface LookedAt {
  readonly baseUrl: string
  readonly variables: Readonly<Record<string, string>>
  readonly fromUnixMs: number
  readonly toUnixMs: number
}

const stepSeconds = 5

/** As Grafana puts them in: the rate's interval is four times that of the pushes. */
const filled = (expr: string, { variables, fromUnixMs, toUnixMs }: LookedAt): string =>
  Object.entries({
    ...variables,
    __rate_interval: '20s',
    __range: `${Math.ceil((toUnixMs - fromUnixMs) / 1000)}s`,
  }).reduce((text, [name, value]) => text.replaceAll(`$${name}`, value), expr)

/** What a panel's query gives: at the end of the time that is looked at, or over it. */
export const ask = async ({ expr }: Pick<QuerySpec, 'expr'>, isInstant: boolean, looked: LookedAt): Promise<Answer> => {
  const { baseUrl, fromUnixMs, toUnixMs } = looked
  const times: Record<string, string> = isInstant
    ? { time: String(toUnixMs / 1000) }
    : { start: String(fromUnixMs / 1000), end: String(toUnixMs / 1000), step: String(stepSeconds) }
  const body = new URLSearchParams({ query: filled(expr, looked), ...times })
  const response = await fetch(`${baseUrl}/api/v1/${isInstant ? 'query' : 'query_range'}`, { method: 'POST', body })
  const json = await response.json()
  const answer = answerSchema.safeParse(json)
  if (!answer.success) throw new Error(`expected an answer to ${expr}, got ${JSON.stringify(json).slice(0, 300)}`)
  return answer.data.data.result
}
