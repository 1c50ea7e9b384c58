import type { RequestEffect } from './effect-of-request.ts'
import type { StreamEffect } from './effect-of-stream.ts'

/** Both sides of the connection get a RST. */
export const resetOfConnection: StreamEffect = { figures: {}, resetAfterMs: 0 }

/** The same in place of an answer; the request does not go upstream. */
export const resetOfRequest: RequestEffect = { kind: 'reset' }
