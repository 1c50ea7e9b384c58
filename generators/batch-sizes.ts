import { jobs, partnerSync } from '../region/jobs.ts'

/** Appointments that the reminding job reads at once. */
export const remindersPerPage = jobs.value.remindersPerPage
/** Slots that a provider's software sends at once. */
export const slotsPerDelta = partnerSync.value.slotsPerDelta
