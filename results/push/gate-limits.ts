import type { Gate } from '../../model/gate.ts'
import type { metrics } from '../../model/metrics.ts'
import type { LabelsOf } from './series-store.ts'

type GateLabels = LabelsOf<typeof metrics.gateLimit>

/** The limit of a gate in a base unit, with what a chart needs to draw it. */
export interface GateLimit {
  readonly labels: GateLabels
  readonly limit: number
}

/** One, but for `recovery`, which has a share and a time. */
export const gateLimits = (gate: Gate): readonly GateLimit[] => {
  const { name, kind, phase } = gate
  const where = { gate: name, kind, phase, journey: '', step: '', quantile: '' }
  const of = (unit: string, limit: number, more: Partial<GateLabels> = {}): readonly GateLimit[] => [
    { labels: { ...where, unit, ...more }, limit },
  ]
  switch (gate.kind) {
    case 'latency':
      return of('seconds', gate.limitMs / 1000, {
        journey: gate.journey,
        step: gate.step,
        quantile: String(gate.quantile),
      })
    case 'told':
    case 'timer-lag':
      return of('seconds', gate.limitMs / 1000, { quantile: String(gate.quantile) })
    case 'failures':
    case 'amplification':
    case 'outcomes':
    case 'all-done':
      return of('ratio', gate.limitRatio)
    case 'quality':
    case 'answered':
    case 'sustained':
      return of('ratio', gate.minRatio)
    case 'recovery':
      return [...of('ratio', gate.minRatio), ...of('seconds', gate.withinMs / 1000)]
    case 'burn-rate':
      return of('times', gate.limitTimes)
    case 'throughput':
      return of('per-hour', gate.minPerHour)
    case 'total':
      return of('count', gate.count)
    case 'integrity':
      return of('count', gate.limitCount)
    case 'metric':
      return of('value', gate.limit)
  }
}
