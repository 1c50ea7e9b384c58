import { z } from 'zod'
import { type Environment, secret } from './token.ts'

/** Where a target's own metrics are asked for; the secret by the name of its variable. */
export interface Prometheus {
  readonly baseUrl: string
  readonly tokenEnv?: string | undefined
}

/** What is asked, and for which instant. */
export interface PromQuery {
  readonly query: string
  readonly atUnixMs: number
}

const timeoutMs = 10_000

const answerSchema = z.union([
  z.object({
    status: z.literal('success'),
    data: z.union([
      z.object({ resultType: z.literal('scalar'), result: z.tuple([z.number(), z.string()]) }),
      z.object({
        resultType: z.literal('vector'),
        result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })),
      }),
    ]),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
])

/** The values of a query at an instant (`/api/v1/query`), without those that are none. Throws an Error that says what came instead. */
export const queryPrometheus = async (
  { baseUrl, tokenEnv }: Prometheus,
  env: Environment,
  { query, atUnixMs }: PromQuery,
): Promise<readonly number[]> => {
  const url = new URL(`${baseUrl.replace(/\/$/, '')}/api/v1/query`)
  url.search = new URLSearchParams({ query, time: String(atUnixMs / 1000) }).toString()
  const token = tokenEnv === undefined ? undefined : secret(env, tokenEnv)
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) })
  const answer = answerSchema.safeParse(await response.json().catch(() => undefined))
  if (!answer.success) throw new Error(`status ${response.status} and no answer of a query`)
  if (answer.data.status === 'error') throw new Error(answer.data.error)
  const { data } = answer.data
  const values = data.resultType === 'scalar' ? [data.result[1]] : data.result.map(({ value }) => value[1])
  return values.map(numberOf).filter((value) => !Number.isNaN(value))
}

/** Infinity is beyond every limit, and JSON has no word for it. */
const numberOf = (text: string): number => {
  const value = Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'))
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))
}
