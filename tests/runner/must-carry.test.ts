import { expect, test } from 'vitest'
import { needsOf } from '../../generators/journey-needs.ts'
import { systemOf } from '../../generators/system-of.ts'
import { Failure } from '../../model/failure.ts'
import { actions, type StreamSpec } from '../../model/scenario.ts'
import type { FhirSystemName } from '../../model/system.ts'
import { lackedBy, mustCarry } from '../../runner/must-carry.ts'
import { type Offers, offersOf } from '../../runner/offers.ts'
import type { Reached } from '../../runner/preflight.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

type FhirOffers = Extract<Offers, { kind: 'fhir' }>

/** A server that offers what all journeys of a system need, and nothing more. */
const offersFor = (system: FhirSystemName | 'imaging'): Offers => {
  const needs = actions.filter((action) => systemOf(action) === system).map(needsOf)
  if (system === 'imaging') return { kind: 'dicomweb', services: ['search', 'retrieve', 'store'] }
  const types: Record<string, { interactions: string[]; searchedBy: string[]; conditionalCreate: boolean }> = {}
  for (const need of needs) {
    for (const [type, { interactions, searchedBy = [] }] of Object.entries(need.kind === 'fhir' ? need.types : {})) {
      types[type] ??= { interactions: [], searchedBy: [], conditionalCreate: true }
      types[type].interactions.push(...interactions)
      types[type].searchedBy.push(...searchedBy)
    }
  }
  return { kind: 'fhir', system: ['transaction', 'batch'], types }
}

const whole: Reached = Object.fromEntries(
  (['recup', 'emergency', 'reports', 'telemedicine', 'imaging'] as const).map((system) => [
    system,
    { software: 'Server 1', offers: offersFor(system) },
  ]),
)

/** The same where recup offers something else. */
const recupWith = (change: (offers: FhirOffers) => FhirOffers): Reached => ({
  ...whole,
  recup: { software: 'Server 1', offers: change(offersFor('recup') as FhirOffers) },
})

const failureOf = (streams: readonly StreamSpec[], reached: Reached): Failure => {
  try {
    mustCarry(streams, reached)
  } catch (error) {
    if (error instanceof Failure) return error
  }
  throw new Error('expected a Failure, got none')
}

test.each(actions)('%s is carried by a server that offers what it needs, and by one that does not say', (action) => {
  expect(lackedBy(action, whole)).toEqual([])
  expect(lackedBy(action, { [systemOf(action)]: { software: 'unknown', offers: undefined } })).toEqual([])
})

test.each(actions)('%s is not carried by a server that offers nothing', (action) => {
  const offers: Offers =
    needsOf(action).kind === 'fhir' ? { kind: 'fhir', system: [], types: {} } : { kind: 'dicomweb', services: [] }
  const [lack] = lackedBy(action, { [systemOf(action)]: { software: 'Server 1', offers } })
  expect(lack).toMatch(new RegExp(`^${action} on ${systemOf(action)}: no `))
})

test('a server without transactions carries what books nothing, and the mend names those streams', () => {
  const failure = failureOf(
    recupDay.streams,
    recupWith((offers) => ({ ...offers, system: ['batch'] })),
  )
  expect(failure.kind).toBe('usage')
  expect(failure.message).toContain('phone: book on recup: no transaction')
  expect(failure.message).not.toContain('blood-draws')
  expect(failure.hint).toBe(
    'leave out what they cannot carry: --streams counter,blood-draws,partner-sync,partner-night',
  )
})

test('each thing that is lacking is named: a type, an interaction, a search, a conditional create', () => {
  const { message } = failureOf(
    recupDay.streams,
    recupWith(({ types: { Task: _, Slot, Invoice, ...types }, ...offers }) => ({
      ...offers,
      types: {
        ...types,
        Slot: { ...Slot, searchedBy: ['start', 'status', 'schedule'] },
        Invoice: { ...Invoice, interactions: ['search-type'], conditionalCreate: false },
      },
    })),
  )
  expect(message).toContain('take-charge on recup: no Task')
  expect(message).toContain('no search of Slot by service-type, no search of Slot by service-category')
  expect(message).toContain('no create of Invoice, no conditional create of Invoice')
  expect(message).toContain('pay on recup: no patch of Invoice')
})

test('who follows a stream that cannot be carried is left out with it; where nothing can be carried no stream is named', () => {
  const nothing: Reached = { ...whole, emergency: { software: 'S', offers: { kind: 'fhir', system: [], types: {} } } }
  expect(failureOf(emergencyMonth.streams, nothing).hint).toMatch(/^choose another scenario or another target/)
  const batches: Offers = { ...(offersFor('emergency') as FhirOffers), system: ['batch'] }
  const { hint } = failureOf(emergencyMonth.streams, { ...whole, emergency: { software: 'S', offers: batches } })
  expect(hint).toBe('leave out what they cannot carry: --streams board')
})

test('a statement is read for what it says, and what it does not say is not denied', () => {
  const statement = {
    resourceType: 'CapabilityStatement',
    rest: [
      { mode: 'client' },
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }],
        resource: [
          { type: 'Slot', interaction: [{ code: 'read' }], searchParam: [{ name: 'start', type: 'date' }] },
          { type: 'Task' },
        ],
      },
    ],
  }
  expect(offersOf(statement)).toEqual({
    kind: 'fhir',
    system: ['transaction'],
    types: {
      Slot: { interactions: ['read'], searchedBy: ['start'], conditionalCreate: undefined },
      Task: { interactions: undefined, searchedBy: undefined, conditionalCreate: undefined },
    },
  })
  expect(offersOf({ resourceType: 'CapabilityStatement' })).toBeUndefined()
  expect(offersOf({ rest: 'none' })).toBeUndefined()
})
