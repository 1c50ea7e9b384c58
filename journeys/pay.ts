import type { Journey } from './lib/walk.ts'
import { payPosition, position } from './steps/pay.ts'

/** Somebody pays the ticket of an earlier booking. */
export const pay: Journey = { position, pay: payPosition }
