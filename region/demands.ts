import type { Quantity } from '../model/quantity.ts'
import type { ActionMix } from '../model/scenario.ts'
import { attacksPerSecond } from './attacks.ts'
import { boardVisitsPerAccess } from './board.ts'
import { emergencyHolidays, emergencyMonths, hours, overdispersions, weekdays } from './day-shapes.ts'
import type { Demand } from './demand.ts'
import { documentsPerDay, recordVisitsPerDay } from './digital-services.ts'
import { sharedStudiesShare, studiesPerDay, studySizes } from './imaging.ts'
import { jobs, partnerSync } from './jobs.ts'
import { migration } from './migration.ts'
import { mixes } from './mixes.ts'
import { telemonitoring, televisitsPerDay } from './telemedicine.ts'
import { bloodDrawShare, bookingChannelShares, bookingShare, daysPerMonth, volumes } from './volumes.ts'

const own = volumes.ownOperationsPerDay.value
const bookings = own * bookingShare.value
const acceptances = own - bookings
const channel = bookingChannelShares.value

/** Arrivals of which one action makes so many a day: the others come on top. */
const allOf = (perDay: number, action: string, mix: ActionMix): number =>
  (perDay * mix.reduce((sum, { weight }) => sum + weight, 0)) /
  (mix.find((entry) => entry.action === action)?.weight ?? 0)

const arrivals = (value: number, unit: string, source: string): Quantity => ({ value, unit, source })
const allDay = { from: 0, to: 24 * 60 }
const from = (hour: number, to: number) => ({ from: hour * 60, to: to * 60 })

/** The region's demands, by name. */
export const demands: Readonly<Record<string, Demand>> = {
  'phone-calls': {
    arrivalsPerDay: arrivals(
      allOf(bookings * channel.phone, 'book', mixes.phone.value),
      'calls',
      'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.phone are bookings; mixes.phone gives the others',
    ),
    hourSharesPercent: hours.calls,
    openMinutes: from(7.5, 19.5),
    weekdayFactors: weekdays.calls,
    meanOver: 'working-days',
    overdispersion: overdispersions.calls,
  },
  'web-visits': {
    arrivalsPerDay: arrivals(
      allOf(bookings * channel.web, 'book', mixes.web.value),
      'visits',
      'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.web are bookings; mixes.web gives the others',
    ),
    hourSharesPercent: hours.web,
    openMinutes: allDay,
    weekdayFactors: weekdays.web,
    meanOver: 'working-days',
    overdispersion: overdispersions.calls,
  },
  'desk-bookings': {
    arrivalsPerDay: arrivals(
      bookings * channel.counter,
      'patients who book at a desk',
      'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.counter',
    ),
    hourSharesPercent: hours.surgeries,
    openMinutes: from(7.5, 20),
    weekdayFactors: weekdays.shops,
    meanOver: 'working-days',
    overdispersion: overdispersions.calls,
  },
  'pharmacy-visits': {
    arrivalsPerDay: arrivals(
      allOf(bookings * channel.pharmacy, 'book', mixes.pharmacy.value),
      'patients at a pharmacy’s desk',
      'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.pharmacy are bookings; mixes.pharmacy gives the others',
    ),
    hourSharesPercent: hours.pharmacies,
    openMinutes: from(8, 20),
    weekdayFactors: weekdays.shops,
    meanOver: 'working-days',
    overdispersion: overdispersions.calls,
  },
  'urgent-bookings': {
    arrivalsPerDay: arrivals(
      bookings * channel.practitioner,
      'bookings by a general practitioner',
      'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.practitioner',
    ),
    hourSharesPercent: hours.practitioners,
    openMinutes: from(8, 19),
    weekdayFactors: weekdays.shops,
    meanOver: 'working-days',
    overdispersion: overdispersions.calls,
  },
  'counter-acceptances': {
    arrivalsPerDay: arrivals(
      allOf(acceptances * (1 - bloodDrawShare.value), 'accept', mixes.counter.value),
      'patients at a counter',
      'volumes.ownOperationsPerDay × (1 − bookingShare) × (1 − bloodDrawShare) are acceptances; mixes.counter gives the others',
    ),
    hourSharesPercent: hours.surgeries,
    openMinutes: from(7.5, 20),
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'blood-draws': {
    arrivalsPerDay: arrivals(
      acceptances * bloodDrawShare.value,
      'patients accepted without a booking',
      'volumes.ownOperationsPerDay × (1 − bookingShare) × bloodDrawShare',
    ),
    hourSharesPercent: hours.bloodDraws,
    openMinutes: from(7.5, 10),
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'partner-operations': {
    arrivalsPerDay: arrivals(
      volumes.privateOperationsPerDay.value,
      'bookings, cancellations and acceptances synchronised',
      'volumes.privateOperationsPerDay',
    ),
    hourSharesPercent: hours.partners,
    openMinutes: from(7, 20),
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'partner-syncs': {
    arrivalsPerDay: arrivals(
      (volumes.privateStructures.value * 12 * 60) / partnerSync.value.everyMinutes,
      'agenda updates',
      'volumes.privateStructures, each every partnerSync.everyMinutes for 12 hours',
    ),
    hourSharesPercent: hours.working,
    openMinutes: from(7, 19),
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.none,
  },
  'partner-nights': {
    arrivalsPerDay: arrivals(
      volumes.privateStructures.value,
      'nightly comparisons',
      'volumes.privateStructures, once each',
    ),
    hourSharesPercent: hours.night,
    openMinutes: from(2, 4),
    weekdayFactors: weekdays.every,
    meanOver: 'working-days',
    overdispersion: overdispersions.none,
  },
  'own-jobs': {
    arrivalsPerDay: arrivals(
      jobs.value.reminderPages + jobs.value.holdSweeps + jobs.value.reallocations,
      'runs of a job',
      'assumption: jobs',
    ),
    hourSharesPercent: hours.working,
    openMinutes: from(7, 19),
    weekdayFactors: weekdays.every,
    meanOver: 'working-days',
    overdispersion: overdispersions.none,
  },
  'emergency-accesses': {
    arrivalsPerDay: arrivals(
      volumes.accessesPerMonth.value / daysPerMonth.value,
      'accesses',
      'volumes.accessesPerMonth / daysPerMonth',
    ),
    hourSharesPercent: hours.emergency,
    openMinutes: allDay,
    weekdayFactors: weekdays.emergency,
    meanOver: 'all-days',
    yearFactors: { months: emergencyMonths, holidays: emergencyHolidays },
    overdispersion: overdispersions.emergency,
  },
  'board-visits': {
    arrivalsPerDay: arrivals(
      (volumes.accessesPerMonth.value / daysPerMonth.value) * boardVisitsPerAccess.value,
      'visits to the public board',
      'assumption: volumes.accessesPerMonth / daysPerMonth × boardVisitsPerAccess',
    ),
    hourSharesPercent: hours.emergency,
    openMinutes: allDay,
    weekdayFactors: weekdays.emergency,
    meanOver: 'all-days',
    yearFactors: { months: emergencyMonths, holidays: emergencyHolidays },
    overdispersion: overdispersions.calls,
  },
  'document-publications': {
    arrivalsPerDay: documentsPerDay,
    hourSharesPercent: hours.surgeries,
    openMinutes: from(7.5, 20),
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'record-visits': {
    arrivalsPerDay: arrivals(
      recordVisitsPerDay,
      'visits to the health record',
      'volumes.residents × recordUsers.today × visitsPerUser / daysPerQuarter',
    ),
    hourSharesPercent: hours.web,
    openMinutes: allDay,
    weekdayFactors: weekdays.web,
    meanOver: 'working-days',
    overdispersion: overdispersions.calls,
  },
  televisits: {
    arrivalsPerDay: televisitsPerDay,
    hourSharesPercent: hours.practitioners,
    openMinutes: from(8, 19),
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'home-measurements': {
    arrivalsPerDay: arrivals(
      telemonitoring.value.patients * telemonitoring.value.reportsPerDay,
      'reports of devices',
      'assumption: telemonitoring.patients × reportsPerDay',
    ),
    hourSharesPercent: hours.working,
    openMinutes: from(7, 19),
    weekdayFactors: weekdays.every,
    meanOver: 'working-days',
    overdispersion: overdispersions.none,
  },
  'imaging-studies': {
    arrivalsPerDay: studiesPerDay,
    hourSharesPercent: hours.imaging,
    openMinutes: allDay,
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'imaging-readings': {
    arrivalsPerDay: arrivals(studiesPerDay.value, 'studies read', 'assumption: studiesPerDay, each read once'),
    hourSharesPercent: hours.imaging,
    openMinutes: allDay,
    weekdayFactors: weekdays.surgeries,
    meanOver: 'working-days',
    overdispersion: overdispersions.booked,
  },
  'imaging-sharings': {
    arrivalsPerDay: arrivals(
      studiesPerDay.value * sharedStudiesShare.value,
      'studies fetched by another hospital',
      'assumption: studiesPerDay × sharedStudiesShare',
    ),
    hourSharesPercent: hours.emergency,
    openMinutes: allDay,
    weekdayFactors: weekdays.emergency,
    meanOver: 'all-days',
    overdispersion: overdispersions.booked,
  },
  'archive-moves': {
    arrivalsPerDay: arrivals(
      migration.archiveBytes.value / studySizes.value.meanBytes / migration.days.value,
      'studies moved',
      'assumption: migration.archiveBytes / studySizes.meanBytes / migration.days, day and night',
    ),
    hourSharesPercent: hours.even,
    openMinutes: allDay,
    weekdayFactors: weekdays.every,
    meanOver: 'all-days',
    overdispersion: overdispersions.none,
  },
  attacks: {
    arrivalsPerDay: arrivals(
      attacksPerSecond.value * 86_400,
      'attempts',
      'assumption: attacksPerSecond, day and night',
    ),
    hourSharesPercent: hours.even,
    openMinutes: allDay,
    weekdayFactors: weekdays.every,
    meanOver: 'all-days',
    overdispersion: overdispersions.none,
  },
  'agenda-release': {
    arrivalsPerDay: arrivals(
      2000 * 15,
      'visits that lead to a booking attempt',
      'assumption: 2,000 citizens a minute for a quarter of an hour',
    ),
    hourSharesPercent: hours.eight,
    openMinutes: from(8, 8.25),
    weekdayFactors: weekdays.every,
    meanOver: 'working-days',
    overdispersion: overdispersions.none,
  },
}
