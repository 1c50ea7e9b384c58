import type { Pacer } from '../pacer.ts'
import type { StreamEffect } from './effect-of-stream.ts'

const never: Pacer = ({ bytes }) => ({ bytes, atMs: Number.POSITIVE_INFINITY })

/** A black hole both ways: bytes, ends and new connections wait until it is over. */
export const partition: StreamEffect = { figures: {}, toUpstream: never, toClient: never }
