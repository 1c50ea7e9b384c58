import type { Action } from '../../model/scenario.ts'
import type { Journey } from '../lib/walk.ts'

/**
 * What one arrival does, by action. An actor takes in the group that the journeys of its rows are in and no other: each
 * function and each table that it has got costs memory, a thousand times over.
 */
export const journeyOf = async (action: Action): Promise<Journey> => {
  switch (action) {
    case 'book':
      return (await bookings()).book
    case 'move':
      return (await bookings()).move
    case 'cancel':
      return (await bookings()).cancel
    case 'enquire':
      return (await bookings()).enquire
    case 'accept':
      return (await desks()).accept
    case 'walk-in':
      return (await desks()).walkIn
    case 'take-charge':
      return (await desks()).takeCharge
    case 'pay':
      return (await bookings()).pay
    case 'partner-sync':
      return (await jobs()).partnerSync
    case 'partner-night':
      return (await jobs()).partnerNight
    case 'remind':
      return (await jobs()).remind
    case 'expire-holds':
      return (await jobs()).expireHolds
    case 'emergency':
      return (await emergencies()).emergency
    case 'watch-board':
      return (await emergencies()).watchBoard
    case 'publish':
      return (await documents()).publish
    case 'read-reports':
      return (await documents()).readReports
    case 'televisit':
      return (await documents()).televisit
    case 'measure':
      return (await documents()).measure
    case 'attack':
      return (await documents()).attack
    case 'store-study':
      return (await images()).storeStudy
    case 'read-study':
      return (await images()).readStudy
    case 'share-study':
      return (await images()).shareStudy
    case 'move-study':
      return (await images()).moveStudy
    case 'fetch-study':
      return (await images()).fetchStudy
  }
}

const bookings = async () => (await import('./bookings.ts')).bookings
const desks = async () => (await import('./desks.ts')).desks
const jobs = async () => (await import('./jobs.ts')).jobs
const emergencies = async () => (await import('./emergencies.ts')).emergencies
const documents = async () => (await import('./documents.ts')).documents
const images = async () => (await import('./images.ts')).images
