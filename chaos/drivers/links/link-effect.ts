import type { LinkFault } from '../../../model/fault.ts'
import type { Probed } from './probe.ts'

/** Share of the expected effect that must be measured: clocks and other work blur it. */
const certain = 0.7

/** Asked over each way: it is small, every system has it, and nobody needs a token for it. */
export const probePath = '/health'

/** No answer within this time is none. */
export const silenceMs = 1500

/** Whether one probe shows the effect of a fault that hits everything on its way. */
export const showsEffect = (fault: LinkFault, now: Probed, usual: Probed): boolean => {
  switch (fault.kind) {
    case 'latency':
      return now.durationMs - usual.durationMs >= certain * (fault.delayMs - (fault.jitterMs ?? 0))
    case 'partition':
      return now.error === 'timeout'
    case 'reset':
      return now.status === 0 && now.error !== 'timeout'
    case 'bandwidth':
    case 'slow-body':
      return now.durationMs - usual.durationMs >= certain * (now.body.length / fault.bytesPerSecond) * 1000
    case 'slicing':
      return (
        now.durationMs - usual.durationMs >= certain * Math.floor(now.body.length / fault.sliceBytes) * fault.delayMs
      )
    case 'stall-and-reset':
      return now.status === 0
    case 'http-error':
      return now.status === fault.status
    case 'truncated-body':
      return now.error !== '' && now.status !== 0
    case 'altered-body':
      return now.body !== usual.body && now.body.length === usual.body.length
    case 'expired-certificate':
      return now.error === 'CERT_HAS_EXPIRED'
    case 'dns-failure':
      return now.error !== ''
  }
}

/** Whether the fault hits only some of what goes its way: then not every probe shows it. */
export const isPartial = (fault: LinkFault): boolean =>
  ('shareRatio' in fault && fault.shareRatio !== undefined && fault.shareRatio < 1) ||
  ('route' in fault && fault.route !== undefined)

/** Below it an effect cannot be told from what else goes on. */
const tellableMs = 100

/** The health check has some hundred bytes. */
const probeBytes = 200

/** Whether the effect on one small probe is lost in the noise, so that only the proxy can tell of it. */
export const isFaint = (fault: LinkFault): boolean => {
  switch (fault.kind) {
    case 'latency':
      return certain * (fault.delayMs - (fault.jitterMs ?? 0)) < tellableMs
    case 'bandwidth':
    case 'slow-body':
      return certain * (probeBytes / fault.bytesPerSecond) * 1000 < tellableMs
    case 'slicing':
      return certain * Math.floor(probeBytes / fault.sliceBytes) * fault.delayMs < tellableMs
    default:
      return false
  }
}
