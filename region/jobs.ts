import type { Quantity } from '../model/quantity.ts'
import { bookingShare, volumes } from './volumes.ts'

const bookingsPerDay = volumes.ownOperationsPerDay.value * bookingShare.value
const remindersPerPage = 100

/** Runs of the region's own background jobs on a day. */
export const jobs = {
  value: {
    remindersPerPage,
    /** Everybody booked for a day is reminded seven days ahead. */
    reminderPages: bookingsPerDay / remindersPerPage,
    /** Holds past their time to live are looked for every minute of twelve hours. */
    holdSweeps: 12 * 60,
    /** Slots that a cancellation has freed and a waiting list fills. */
    reallocations: 0.04 * bookingsPerDay,
  },
  unit: 'runs/day',
  source:
    'assumption: reminders 7 days ahead (abruzzospeciale.it) in pages of 100, a sweep a minute, half of 8 % cancelled slots filled from waiting lists',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** How an accredited provider's software keeps its agenda in step. */
export const partnerSync = {
  value: { everyMinutes: 5, slotsPerDelta: 10 },
  unit: 'minutes, slots',
  source: 'assumption: changed slots every 5 minutes, and one comparison of the whole agenda a night',
} as const satisfies Quantity<Readonly<Record<string, number>>>
