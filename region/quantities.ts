import type { Quantity } from '../model/quantity.ts'
import { attacksPerSecond, attackWeights, oversizedBytes, slowRequests } from './attacks.ts'
import { boardLooks, boardRefresh, boardVisitsPerAccess } from './board.ts'
import { answeringGoals, callerPatience, operatorShifts, redials } from './call-centre.ts'
import { emergencyHolidays, emergencyMonths, hours, overdispersions, weekdays } from './day-shapes.ts'
import { demands } from './demands.ts'
import {
  daysPerQuarter,
  documentKinds,
  documentPages,
  documentsFound,
  documentsPerDay,
  recordUsers,
  visitsPerUser,
} from './digital-services.ts'
import {
  admissionShares,
  arrivalModes,
  boarding,
  deathShares,
  emergencyAgeBands,
  emergencyFemaleShare,
  leavingShares,
  observationShares,
  observationStay,
  orderRounds,
  receivedStay,
  serviceWeights,
  stays,
  transferDelay,
  transferJourney,
  transferShares,
  triageDelay,
  triageShares,
  visitWaits,
} from './emergency-care.ts'
import { departmentTiers, emergencyDepartments } from './emergency-departments.ts'
import { emergencyModalities, imagingShares } from './emergency-imaging.ts'
import { eventSteps } from './emergency-pace.ts'
import { mainProblems, senders } from './emergency-reasons.ts'
import {
  capacityReserve,
  embodiedServer,
  gridIntensity,
  powerUsageEffectiveness,
  vcpusPerProcess,
  vcpuWatts,
} from './energy.ts'
import { fixedHolidays } from './holidays.ts'
import {
  archivedPatients,
  priorsPerReading,
  sharedStudiesShare,
  smallImageDivisor,
  studiesPerDay,
  studyKinds,
  studySizes,
} from './imaging.ts'
import { jobs, partnerSync } from './jobs.ts'
import { lines } from './lines.ts'
import { links, migration } from './migration.ts'
import { mixes, secondDesk } from './mixes.ts'
import { operations } from './operations.ts'
import { assumedStepMs, pacedJourneys } from './pace.ts'
import { paperOfOutage } from './paper.ts'
import { ageBands, ageReferenceDate, aslShares, communes, femaleShare } from './people.ts'
import { exemptions, firstVisitShare, itemShares, nrePrefix, priorityClasses, ticket } from './prescriptions.ts'
import { popularityExponent, services } from './services.ts'
import { structures } from './structures.ts'
import { surges } from './surges.ts'
import { telemonitoring, televisitMinutes, televisitsPerDay } from './telemedicine.ts'
import {
  bloodDrawShare,
  bookingChannelShares,
  bookingShare,
  daysPerMonth,
  otherAccessesPerMonth,
  volumes,
} from './volumes.ts'

type Quantities = Readonly<Record<string, Quantity<unknown>>>

const arrivals = (): Quantities =>
  Object.fromEntries(Object.entries(demands).map(([name, { arrivalsPerDay }]) => [name, arrivalsPerDay]))

const journeys = (): Quantities =>
  Object.fromEntries(pacedJourneys().map(({ action, channel, pace }) => [`${action} (${channel})`, pace]))

/** Every number of the region, by chapter and name. */
export const quantities: Readonly<Record<string, Quantities>> = {
  volumes: { ...volumes, operations, bookingShare, bookingChannelShares, bloodDrawShare },
  'arrivals on the mean working day': arrivals(),
  'what people come for': { ...mixes, secondDesk },
  'hours of the day': hours,
  'days of the week': { ...weekdays, fixedHolidays },
  'busier and calmer days': { ...overdispersions, ...surges },
  'call centre': { callerPatience, answeringGoals, redials, operatorShifts },
  'background work': { jobs, partnerSync },
  'digital services': {
    documentKinds,
    documentPages,
    documentsPerDay,
    recordUsers,
    visitsPerUser,
    daysPerQuarter,
    documentsFound,
    televisitsPerDay,
    televisitMinutes,
    telemonitoring,
  },
  'diagnostic images': {
    studyKinds,
    studySizes,
    studiesPerDay,
    priorsPerReading,
    sharedStudiesShare,
    archivedPatients,
    smallImageDivisor,
  },
  migration: { ...migration, links },
  'lines of people': { lines },
  attacks: { attacksPerSecond, attackWeights, slowRequests, oversizedBytes },
  'emergency departments': {
    departmentTiers,
    emergencyDepartments,
    daysPerMonth,
    otherAccessesPerMonth,
    emergencyMonths,
    emergencyHolidays,
    arrivalModes,
    senders,
    mainProblems,
    emergencyAgeBands,
    emergencyFemaleShare,
    boardVisitsPerAccess,
    boardRefresh,
    boardLooks,
    paperOfOutage,
  },
  'care of an emergency': {
    triageShares,
    triageDelay,
    visitWaits,
    stays,
    leavingShares,
    admissionShares,
    transferShares,
    deathShares,
    boarding,
    transferDelay,
    transferJourney,
    receivedStay,
    observationShares,
    observationStay,
    imagingShares,
    emergencyModalities,
    serviceWeights,
    orderRounds,
    eventSteps: eventSteps(),
  },
  people: { ageBands, ageReferenceDate, aslShares, femaleShare, communes, structures },
  prescriptions: {
    priorityClasses,
    firstVisitShare,
    itemShares,
    exemptions,
    ticket,
    nrePrefix,
    services,
    popularityExponent,
  },
  'cost and carbon': {
    gridIntensity,
    vcpuWatts,
    powerUsageEffectiveness,
    embodiedServer,
    vcpusPerProcess,
    capacityReserve,
  },
  'steps and pauses': { ...journeys(), assumedStepMs },
}
