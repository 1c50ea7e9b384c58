import { z } from 'zod'
import { noAnswer } from '../clients/no-answer.ts'
import { type Environment, secret } from '../clients/token.ts'
import { Failure } from '../model/failure.ts'
import type { Gate } from '../model/gate.ts'
import type { Plan } from '../model/plan.ts'
import type { Target } from '../model/target.ts'

type Prometheus = NonNullable<Target['prometheus']>

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

/** The gates on a target's own metrics, as every gate is: of the steady phase. */
export const targetGates = ({ prometheus }: Pick<Target, 'prometheus'>): readonly Gate[] =>
  (prometheus?.gates ?? []).map((gate) => ({ ...gate, kind: 'metric', phase: 'steady' }))

/** What a query is asked of, and when. */
interface Asked {
  readonly query: string
  readonly atUnixMs: number
}

/** Asks a Prometheus for the values of a query at an instant (`/api/v1/query`). Throws an Error that says what came instead. */
const ask = async ({ baseUrl, tokenEnv }: Prometheus, env: Environment, { query, atUnixMs }: Asked) => {
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

/** Before the load: throws a usage Failure naming every query that cannot be asked. */
export const mustAnswer = async ({ prometheus }: Pick<Target, 'prometheus'>, env: Environment): Promise<void> => {
  if (!prometheus) return
  const problems: string[] = []
  for (const { name, query } of prometheus.gates) {
    const asked = { query: query.replaceAll('$range', '60s'), atUnixMs: Date.now() }
    await ask(prometheus, env, asked).catch((error: unknown) => {
      if (error instanceof Failure) throw error
      problems.push(`${name}: ${noAnswer(error)}`)
    })
  }
  if (problems.length === 0) return
  throw new Failure(
    'usage',
    `expected ${prometheus.baseUrl} to answer the gates of the target, got\n${problems.map((line) => `  ${line}`).join('\n')}`,
    'correct prometheus.baseUrl or the query in the target’s YAML file',
  )
}

/** When the steady phase was, Unix ms. */
export interface Measured {
  readonly plan: Plan
  readonly t0UnixMs: number
  /** When the load was over, Unix ms: a phase may have been cut short. */
  readonly endedUnixMs: number
  readonly tell: (text: string) => void
}

/** After the load: the values of each gate's query at the end of the steady phase, by its name. One that cannot be asked gives none. */
export const askPrometheus = async (
  { prometheus }: Pick<Target, 'prometheus'>,
  env: Environment,
  { plan, t0UnixMs, endedUnixMs, tell }: Measured,
): Promise<Readonly<Record<string, readonly number[]>>> => {
  const steady = plan.phases.find(({ name }) => name === 'steady')
  if (!prometheus || !steady) return {}
  const toMs = Math.min(steady.toMs, endedUnixMs - t0UnixMs)
  const range = `${Math.max(1, Math.round((toMs - steady.fromMs) / 1000))}s`
  const values: Record<string, readonly number[]> = {}
  for (const { name, query } of prometheus.gates) {
    const asked = { query: query.replaceAll('$range', range), atUnixMs: t0UnixMs + toMs }
    values[name] = await ask(prometheus, env, asked).catch((error: unknown) => {
      tell(`metrics   ${name}: ${noAnswer(error)}`)
      return []
    })
  }
  return values
}
