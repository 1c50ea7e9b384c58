import type { Appointment, Encounter } from 'fhir/r4.js'
import { homeObservation, televisitAppointment, televisitEncounter } from '../../generators/fhir/televisit.ts'
import { type Case, judges, target } from './judged-cases.ts'

const facts = { namespace: 'ns', identifier: 'ns.web.1', patient: 'p1' }
const at = '2026-12-01T09:00:00Z'
const appointment = (status: Appointment['status']): Appointment => ({
  ...televisitAppointment(facts, 'booked'),
  status,
})
const encounter = (status: Encounter['status']): Encounter => ({ ...televisitEncounter(facts, at), status })
const stored = (visit: Encounter['status'] | undefined, kept: Appointment['status']) =>
  target().holding(appointment(kept), ...(visit ? [encounter(visit)] : []))

const begun = { kind: 'begin-visit', slot: '' } as const
const ended = { kind: 'end-visit', slot: '' } as const

const beginnings: readonly Case[] = [
  ['under way', stored('in-progress', 'arrived'), [begun], {}],
  ['over by now', stored('finished', 'fulfilled'), [begun], {}],
  ['unknown, and never begun', stored(undefined, 'booked'), [{ ...begun, state: 'unknown' }], {}],
  ['never begun', stored(undefined, 'booked'), [begun], { lost: 1 }],
  ['without its encounter', stored(undefined, 'arrived'), [begun], { half: 1 }],
  ['without its appointment kept', stored('in-progress', 'booked'), [begun], { half: 1 }],
  ['unknown, and half there', stored('in-progress', 'booked'), [{ ...begun, state: 'unknown' }], { half: 1 }],
  [
    'there twice',
    target().holding(appointment('arrived'), encounter('in-progress'), { ...encounter('in-progress'), id: 'y' }),
    [begun],
    { duplicated: 1 },
  ],
  [
    'of another patient',
    target().holding(appointment('arrived'), { ...encounter('in-progress'), subject: { reference: 'Patient/p9' } }),
    [begun],
    { corrupted: 1 },
  ],
]

const ends: readonly Case[] = [
  ['over', stored('finished', 'fulfilled'), [ended], {}],
  ['still under way', stored('in-progress', 'arrived'), [ended], { lost: 1 }],
  ['over, the appointment still open', stored('finished', 'arrived'), [ended], { half: 1 }],
  [
    'refused, and over all the same',
    stored('finished', 'fulfilled'),
    [{ ...ended, state: 'refused' }],
    { corrupted: 1 },
  ],
]

const observation = homeObservation(facts, { at, value: 70 })
const measured = { kind: 'measure', slot: '', parts: 1 } as const
const measurements: readonly Case[] = [
  ['there', target().holding(observation), [measured], {}],
  ['not there', target(), [measured], { lost: 1 }],
  ['there twice', target().holding(observation, { ...observation, id: 'y' }), [measured], { duplicated: 1 }],
]

judges([
  ['a televisit that has begun', beginnings],
  ['a televisit that has ended', ends],
  ['a measurement at home', measurements],
])
