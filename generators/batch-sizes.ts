import { oversizedBytes } from '../region/attacks.ts'
import { jobs, partnerSync } from '../region/jobs.ts'

/** Appointments that the reminding job reads at once. */
export const remindersPerPage = jobs.value.remindersPerPage
/** Slots that a provider's software sends at once. */
export const slotsPerDelta = partnerSync.value.slotsPerDelta

/** Bytes that no system has to take in one body. */
export const tooManyBytes = oversizedBytes.value
