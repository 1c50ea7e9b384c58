import { apiVersion } from '../kinds.ts'
import { formatDuration } from '../schemas/quantity.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** What happens to packets. Shares are percent, 0 to 100; a correlation is how much a draw depends on the one before it. */
export type NetworkFault =
  | {
      readonly kind: 'delay'
      readonly latencyMs: number
      readonly jitterMs?: number
      readonly correlationPercent?: number
    }
  | { readonly kind: 'loss'; readonly percent: number; readonly correlationPercent?: number }
  | { readonly kind: 'duplicate'; readonly percent: number; readonly correlationPercent?: number }
  | { readonly kind: 'corrupt'; readonly percent: number; readonly correlationPercent?: number }
  | {
      readonly kind: 'bandwidth'
      readonly bitsPerSecond: number
      readonly queueBytes: number
      readonly burstBytes: number
    }
  | { readonly kind: 'partition' }

/** Which way of the traffic of which pods, with whom; without a target and external ones: with everybody. */
export interface NetworkExperiment extends Naming, Targeting {
  readonly fault: NetworkFault
  /** Counted from the creation. */
  readonly durationMs: number
  /** Absent: `to`. */
  readonly direction?: 'to' | 'from' | 'both'
  readonly target?: Targeting
  /** Outside the cluster; names are resolved once. */
  readonly externalTargets?: readonly string[]
}

const correlationOf = (percent: number | undefined) => (percent === undefined ? {} : { correlation: String(percent) })

const fieldsOf = (fault: NetworkFault) => {
  switch (fault.kind) {
    case 'delay': {
      const jitter = fault.jitterMs === undefined ? {} : { jitter: formatDuration(fault.jitterMs) }
      const latency = formatDuration(fault.latencyMs)
      return { action: fault.kind, delay: { latency, ...jitter, ...correlationOf(fault.correlationPercent) } }
    }
    case 'loss':
      return {
        action: fault.kind,
        loss: { loss: String(fault.percent), ...correlationOf(fault.correlationPercent) },
      }
    case 'duplicate':
      return {
        action: fault.kind,
        duplicate: { duplicate: String(fault.percent), ...correlationOf(fault.correlationPercent) },
      }
    case 'corrupt':
      return {
        action: fault.kind,
        corrupt: { corrupt: String(fault.percent), ...correlationOf(fault.correlationPercent) },
      }
    case 'bandwidth':
      return {
        action: fault.kind,
        bandwidth: { rate: `${fault.bitsPerSecond}bit`, limit: fault.queueBytes, buffer: fault.burstBytes },
      }
    case 'partition':
      return { action: fault.kind }
  }
}

/** Packets come late, are lost, doubled, broken, held up, or stopped. Throws an `invalid-manifest` ChaosMeshError. */
export const networkChaos = (experiment: NetworkExperiment) => {
  const { fault, durationMs, direction, target, externalTargets } = experiment
  return checked({
    apiVersion,
    kind: 'NetworkChaos',
    metadata: metadataOf(experiment),
    spec: {
      ...fieldsOf(fault),
      ...targetFields(experiment),
      duration: formatDuration(durationMs),
      ...(direction && { direction }),
      ...(target && { target: targetFields(target) }),
      ...(externalTargets && { externalTargets: [...externalTargets] }),
    },
  })
}
