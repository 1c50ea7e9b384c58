import type { Quantity } from '../model/quantity.ts'
import type { ActionMix } from '../model/scenario.ts'
import { jobs } from './jobs.ts'

type Mix = Quantity<ActionMix>

const unit = 'weight'

/** What people and software come for, by the door they come through. */
export const mixes = {
  phone: {
    value: [
      { action: 'book', weight: 36 },
      { action: 'move', weight: 6 },
      { action: 'cancel', weight: 3 },
      { action: 'enquire', weight: 10 },
    ],
    unit,
    source: 'assumption: of 55 calls 36 book, 6 move, 3 cancel, 10 only ask (35 % improper calls: civitanovalive.it)',
  },
  web: {
    value: [
      { action: 'book', weight: 11 },
      { action: 'move', weight: 1 },
      { action: 'cancel', weight: 1 },
      { action: 'pay', weight: 2 },
    ],
    unit,
    source: 'assumption: 11 book, 2 cancel or move, 2 only pay',
  },
  desk: { value: [{ action: 'book', weight: 1 }], unit, source: 'assumption: who accepts is another stream' },
  pharmacy: {
    value: [
      { action: 'book', weight: 4 },
      { action: 'pay', weight: 1 },
      { action: 'cancel', weight: 1 },
    ],
    unit,
    source: 'assumption: two thirds book, the others pay or cancel',
  },
  practitioner: { value: [{ action: 'book', weight: 1 }], unit, source: 'assumption: only urgent bookings' },
  counter: {
    value: [
      { action: 'accept', weight: 49 },
      { action: 'take-charge', weight: 1 },
    ],
    unit,
    source: 'assumption: one in fifty brings a prescription to be taken in charge at once',
  },
  bloodDraws: { value: [{ action: 'walk-in', weight: 1 }], unit, source: 'assumption: no booking is asked for' },
  partners: {
    value: [
      { action: 'book', weight: 45 },
      { action: 'cancel', weight: 5 },
      { action: 'accept', weight: 50 },
    ],
    unit,
    source: 'assumption: as many acceptances as bookings and cancellations',
  },
  partnerSync: { value: [{ action: 'partner-sync', weight: 1 }], unit, source: 'assumption' },
  partnerNight: { value: [{ action: 'partner-night', weight: 1 }], unit, source: 'assumption' },
  publications: { value: [{ action: 'publish', weight: 1 }], unit, source: 'assumption' },
  recordVisits: { value: [{ action: 'read-reports', weight: 1 }], unit, source: 'assumption' },
  televisits: { value: [{ action: 'televisit', weight: 1 }], unit, source: 'assumption' },
  homeMeasurements: { value: [{ action: 'measure', weight: 1 }], unit, source: 'assumption' },
  boardVisits: { value: [{ action: 'watch-board', weight: 1 }], unit, source: 'assumption' },
  studies: { value: [{ action: 'store-study', weight: 1 }], unit, source: 'assumption' },
  readings: { value: [{ action: 'read-study', weight: 1 }], unit, source: 'assumption' },
  sharings: { value: [{ action: 'share-study', weight: 1 }], unit, source: 'assumption' },
  fetches: { value: [{ action: 'fetch-study', weight: 1 }], unit, source: 'assumption' },
  moves: { value: [{ action: 'move-study', weight: 1 }], unit, source: 'assumption' },
  attacks: { value: [{ action: 'attack', weight: 1 }], unit, source: 'assumption' },
  jobs: {
    value: [
      { action: 'remind', weight: jobs.value.reminderPages },
      { action: 'expire-holds', weight: jobs.value.holdSweeps },
      { action: 'book', weight: jobs.value.reallocations },
    ],
    unit,
    source: 'assumption: jobs',
  },
} as const satisfies Record<string, Mix>

/** Share of prescriptions to be taken in charge that are shown at a second desk within seconds. */
export const secondDesk = {
  value: { share: 0.1, withinMs: 2000 },
  unit: 'ratio, ms',
  source: 'assumption: a realistic contention of which exactly one desk can win',
} as const satisfies Quantity<Readonly<Record<string, number>>>
