import { accept } from '../accept.ts'
import { takeCharge } from '../take-charge.ts'
import { walkIn } from '../walk-in.ts'

/** Journeys of who comes to a desk. */
export const desks = { accept, takeCharge, walkIn }
