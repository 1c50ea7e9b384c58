import type { Action } from '../model/scenario.ts'
import type { SystemName } from '../model/system.ts'

/** The system that the journeys of an action call. */
export const systemOf = (action: Action): Exclude<SystemName, 'prescriptions'> =>
  action === 'emergency' ? 'emergency' : 'recup'
