import { noAnswer } from '../clients/no-answer.ts'
import { queryPrometheus } from '../clients/prometheus-query.ts'
import type { Environment } from '../clients/token.ts'
import { Failure } from '../model/failure.ts'
import type { Gate } from '../model/gate.ts'
import type { Plan } from '../model/plan.ts'
import type { Target } from '../model/target.ts'

/** The gates on a target's own metrics, as every gate is: of the steady phase. */
export const targetGates = ({ prometheus }: Pick<Target, 'prometheus'>): readonly Gate[] =>
  (prometheus?.gates ?? []).map((gate) => ({ ...gate, kind: 'metric', phase: 'steady' }))

/** Before the load: throws a usage Failure naming every query that cannot be asked. */
export const mustAnswer = async ({ prometheus }: Pick<Target, 'prometheus'>, env: Environment): Promise<void> => {
  if (!prometheus) return
  const problems: string[] = []
  for (const { name, query } of queriesOf(prometheus)) {
    const asked = { query: query.replaceAll('$range', '60s'), atUnixMs: Date.now() }
    await queryPrometheus(prometheus, env, asked).catch((error: unknown) => {
      if (error instanceof Failure) throw error
      problems.push(`${name}: ${noAnswer(error)}`)
    })
  }
  if (problems.length === 0) return
  throw new Failure(
    'usage',
    `expected ${prometheus.baseUrl} to answer the queries of the target, got\n${problems.map((line) => `  ${line}`).join('\n')}`,
    'correct prometheus.baseUrl or the query in the target’s YAML file',
  )
}

const queriesOf = ({ gates, processors }: NonNullable<Target['prometheus']>) => [
  ...gates,
  ...Object.entries(processors).flatMap(([system, { usedSeconds, vcpus }]) => [
    { name: `${system}, usedSeconds`, query: usedSeconds },
    { name: `${system}, vcpus`, query: vcpus },
  ]),
]

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
    values[name] = await queryPrometheus(prometheus, env, asked).catch((error: unknown) => {
      tell(`metrics   ${name}: ${noAnswer(error)}`)
      return []
    })
  }
  return values
}
