import { noAnswer } from '../clients/no-answer.ts'
import { queryPrometheus } from '../clients/prometheus-query.ts'
import type { Environment } from '../clients/token.ts'
import type { ProcessorTime } from '../model/processor-time.ts'
import type { Target } from '../model/target.ts'

type Prometheus = NonNullable<Target['prometheus']>
type SystemTime = Extract<ProcessorTime, { kind: 'known' }>['systems'][number]

/** When the load was, Unix ms. */
export interface LoadTime {
  readonly t0UnixMs: number
  readonly endedUnixMs: number
}

/**
 * After the load: the processor time of a target by its own metrics, each query summed over what it gives; not known, with the reason,
 * where one gives nothing. Undefined where the target names no such queries.
 */
export const askProcessors = async (
  { prometheus }: Pick<Target, 'prometheus'>,
  env: Environment,
  time: LoadTime,
): Promise<ProcessorTime | undefined> => {
  const queries = Object.entries(prometheus?.processors ?? {})
  if (!prometheus || queries.length === 0) return undefined
  const lastsMs = Math.max(1000, time.endedUnixMs - time.t0UnixMs)
  try {
    const systems: SystemTime[] = []
    for (const [system, { usedSeconds, vcpus }] of queries) {
      const sum = summing(prometheus, env, { lastsMs, atUnixMs: time.endedUnixMs })
      systems.push({ system, vcpus: await sum(vcpus), usedMs: 1000 * (await sum(usedSeconds)) })
    }
    return { kind: 'known', lastsMs, systems }
  } catch (error) {
    return { kind: 'not-known', reason: `its Prometheus was asked in vain: ${noAnswer(error)}` }
  }
}

const summing =
  (prometheus: Prometheus, env: Environment, { lastsMs, atUnixMs }: { lastsMs: number; atUnixMs: number }) =>
  async (query: string): Promise<number> => {
    const asked = query.replaceAll('$range', `${Math.round(lastsMs / 1000)}s`)
    const values = await queryPrometheus(prometheus, env, { query: asked, atUnixMs })
    if (values.length === 0) throw new Error(`nothing for ${asked}`)
    return values.reduce((sum, value) => sum + value, 0)
  }
