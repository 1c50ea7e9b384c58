import { expireHolds } from '../expire-holds.ts'
import { partnerNight } from '../partner-night.ts'
import { partnerSync } from '../partner-sync.ts'
import { remind } from '../remind.ts'

/** Journeys of software, at night and by the minute. */
export const jobs = { expireHolds, partnerNight, partnerSync, remind }
