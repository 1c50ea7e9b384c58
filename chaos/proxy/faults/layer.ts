import type { FaultOf, LinkFault } from '../../../model/fault.ts'
import type { RequestFault } from './request-effect.ts'
import type { StreamFault } from './stream-effect.ts'

/** Where in the proxy a fault has its effect. */
export type Layered =
  | { readonly layer: 'stream'; readonly fault: StreamFault }
  | { readonly layer: 'request'; readonly fault: RequestFault }
  | { readonly layer: 'certificate'; readonly fault: FaultOf<'expired-certificate'> }

/** Undefined for a fault that no proxy makes. */
export const layered = (fault: LinkFault): Layered | undefined => {
  switch (fault.kind) {
    case 'latency':
    case 'reset':
      return { layer: fault.route === undefined ? 'stream' : 'request', fault }
    case 'partition':
    case 'bandwidth':
    case 'slicing':
    case 'stall-and-reset':
      return { layer: 'stream', fault }
    case 'http-error':
    case 'slow-body':
    case 'truncated-body':
    case 'altered-body':
      return { layer: 'request', fault }
    case 'expired-certificate':
      return { layer: 'certificate', fault }
    case 'dns-failure':
      return undefined
  }
}
