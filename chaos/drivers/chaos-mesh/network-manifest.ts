import { type NetworkFault, networkChaos } from '../../../chaos-mesh/builders/network-chaos.ts'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { Making } from './making.ts'

type OfPackets = FaultOf<'latency' | 'partition' | 'bandwidth'>

/** What happens to all packets of a way, or to all that leave the pods of a system; a reason where only some requests are to be hit. */
export const networkManifest = (fault: OfPackets, making: Making): SafeExperiment | string => {
  if ('route' in fault && fault.route) return 'Chaos Mesh works on packets and knows no requests: leave the route out'
  if ('shareRatio' in fault && fault.shareRatio !== undefined && fault.shareRatio < 1) {
    return 'Chaos Mesh works on packets and cannot hit some connections only: leave shareRatio out'
  }
  const { name, namespace, labels, durationMs, place } = making
  const { selector, mode, peer } = place
  return networkChaos({
    name,
    namespace,
    ...(labels && { labels }),
    selector,
    mode,
    durationMs,
    fault: packetFault(fault),
    // A black hole has two sides; what only shapes traffic does so where it leaves.
    direction: fault.kind === 'partition' && peer?.kind !== 'addresses' ? 'both' : 'to',
    ...(peer?.kind === 'pods' && { target: peer.targeting }),
    ...(peer?.kind === 'addresses' && { externalTargets: peer.addresses }),
  })
}

const packetFault = (fault: OfPackets): NetworkFault => {
  switch (fault.kind) {
    case 'latency':
      return {
        kind: 'delay',
        latencyMs: fault.delayMs,
        ...(fault.jitterMs !== undefined && { jitterMs: fault.jitterMs }),
      }
    case 'partition':
      return { kind: 'partition' }
    case 'bandwidth': {
      const bytesPerSecond = Math.max(1, Math.round(fault.bytesPerSecond))
      return {
        kind: 'bandwidth',
        bitsPerSecond: bytesPerSecond * 8,
        queueBytes: Math.max(leastQueueBytes, bytesPerSecond),
        burstBytes: Math.max(leastBurstBytes, Math.round(bytesPerSecond / kernelTicksPerSecond)),
      }
    }
  }
}

/** Twenty packets; one packet with its head. A token bucket is filled at each tick of the kernel, so that it must hold that much. */
const leastQueueBytes = 30_000
const leastBurstBytes = 1600
const kernelTicksPerSecond = 250
