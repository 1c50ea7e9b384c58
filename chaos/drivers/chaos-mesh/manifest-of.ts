import { dnsChaos } from '../../../chaos-mesh/builders/dns-chaos.ts'
import { podKill } from '../../../chaos-mesh/builders/pod-kill.ts'
import { stressChaos } from '../../../chaos-mesh/builders/stress-chaos.ts'
import { timeChaos } from '../../../chaos-mesh/builders/time-chaos.ts'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import { parseComponent } from '../../../model/component.ts'
import type { Fault } from '../../../model/fault.ts'
import { reachOf } from '../../../model/fault-kinds.ts'
import type { Making } from './making.ts'
import { networkManifest } from './network-manifest.ts'
import { storageManifest } from './storage-manifest.ts'

/** The manifest by which Chaos Mesh makes a fault, or why it cannot honestly. */
export const manifestOf = (fault: Fault, making: Making): SafeExperiment | string => {
  switch (fault.kind) {
    case 'latency':
    case 'partition':
    case 'bandwidth':
      return networkManifest(fault, making)
    case 'read-only-storage':
    case 'disk-full':
    case 'slow-storage':
      return storageManifest(fault, making)
    case 'dns-failure':
      return dnsManifest(making)
    case 'kill':
      return podKill(targetOf(making))
    case 'rolling-restart':
      return podKill({ ...targetOf(making), mode: { kind: 'one' } })
    case 'cpu-pressure':
      return stressChaos({
        ...insideOf(making),
        cpu: { workers: 1, loadPercent: Math.max(1, Math.round(fault.loadRatio * 100)) },
      })
    case 'memory-pressure':
      return stressChaos({ ...insideOf(making), memory: { workers: 1, size: `${fault.sizeBytes}B` } })
    case 'clock-skew':
      return fault.offsetMs === 0
        ? 'a clock that is off by nothing is none that is off'
        : timeChaos({ ...insideOf(making), offsetMs: fault.offsetMs })
    default:
      return impossible[fault.kind]
  }
}

/** Whether a component of this kind can have the fault at all; a sentence when not. */
export const beyondReach = ({ kind, component }: Fault): string | undefined => {
  const reach = reachOf(kind)
  const what = parseComponent(component)?.kind ?? ''
  // A queue is what has pods, and they can be killed.
  const isKilledQueue = what === 'queue' && kind === 'kill'
  return isKilledQueue || reach.includes(what)
    ? undefined
    : `expected ${kind} on a ${reach.join(' or ')}, got ${component}`
}

const http = 'only HTTPChaos could, and it is not used: pods have lost their network after its recovery'
const packets = 'Chaos Mesh works on packets and knows no connections'

const impossible = {
  reset: `${packets}: it can drop them, not reset what they belong to`,
  slicing: `${packets}: it cannot cut their bytes smaller`,
  'stall-and-reset': `${packets}: a loss would hit every one a little, not some of them wholly`,
  'http-error': http,
  'slow-body': http,
  'truncated-body': http,
  'altered-body': `${http}; a corrupt packet is sent again and is late, not wrong`,
  'expired-certificate': 'Chaos Mesh does not stand between the two who encrypt',
  freeze: 'a PodChaos of pod-failure ends the processes and their connections, it does not stop them',
} as const

const targetOf = ({ name, namespace, labels, place: { selector, mode } }: Making) => ({
  name,
  namespace,
  ...(labels && { labels }),
  selector,
  mode,
})

/** Of what happens inside a container. */
const insideOf = (making: Making) => {
  const { container } = making.place.component
  return {
    ...targetOf(making),
    durationMs: making.durationMs,
    ...(container !== undefined && { containerNames: [container] }),
  }
}

const dnsManifest = (making: Making): SafeExperiment | string => {
  const { peer, name } = making.place
  if (peer?.kind !== 'pods') {
    return `expected a way from one system to another, whose names are to fail for the first, got ${name}`
  }
  const { dnsNames } = peer.component
  if (dnsNames === undefined) {
    return `expected chaosMesh.components.${peer.name}.dnsNames, by which it is found, got none`
  }
  return dnsChaos({ ...insideOf(making), action: 'error', patterns: dnsNames })
}
