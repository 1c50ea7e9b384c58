import type { Action } from '../model/scenario.ts'
import type { SystemName } from '../model/system.ts'

/** The system that the journeys of an action call. */
export const systemOf = (action: Action): Exclude<SystemName, 'prescriptions' | 'archive'> => {
  switch (action) {
    case 'emergency':
    case 'watch-board':
      return 'emergency'
    case 'publish':
    case 'read-reports':
    case 'attack':
      return 'reports'
    case 'televisit':
    case 'measure':
      return 'telemedicine'
    case 'store-study':
    case 'read-study':
    case 'share-study':
    case 'move-study':
    case 'fetch-study':
      return 'imaging'
    default:
      return 'recup'
  }
}
