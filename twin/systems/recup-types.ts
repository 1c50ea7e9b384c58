import { systems } from '../../generators/fhir/naming.ts'
import type { TypeDefinitions } from '../fhir/type-definition.ts'

const identifier = { name: 'identifier', kind: 'token', path: ['identifier'] } as const
const actor = ['participant', 'actor', 'reference']

/** What the booking system keeps: agendas and their slots, people, and who comes when. */
export const recupTypes: TypeDefinitions = {
  Organization: { parameters: [identifier] },
  Location: { parameters: [identifier], references: [['managingOrganization', 'reference']] },
  Patient: { parameters: [identifier] },
  Schedule: {
    parameters: [
      { name: 'actor', kind: 'reference', path: ['actor', 'reference'] },
      { name: 'service-type', kind: 'token', path: ['serviceType', 'coding'] },
    ],
    required: [['actor']],
    references: [['actor', 'reference']],
  },
  Slot: {
    parameters: [
      { name: 'schedule', kind: 'reference', path: ['schedule', 'reference'], target: 'Schedule' },
      { name: 'service-type', kind: 'token', path: ['serviceType', 'coding'] },
      { name: 'service-category', kind: 'token', path: ['serviceCategory', 'coding'] },
      { name: 'appointment-type', kind: 'token', path: ['appointmentType', 'coding'] },
      { name: 'status', kind: 'token', path: ['status'] },
      { name: 'start', kind: 'date', path: ['start'] },
    ],
    composite: ['service-type', 'service-category', 'appointment-type', 'status'],
    required: [['schedule'], ['status'], ['start'], ['end']],
    transitions: {
      free: ['busy-tentative', 'busy', 'busy-unavailable'],
      'busy-tentative': ['busy', 'free'],
      busy: ['free'],
      'busy-unavailable': ['free'],
    },
    references: [['schedule', 'reference']],
  },
  Appointment: {
    parameters: [
      identifier,
      { name: 'slot', kind: 'reference', path: ['slot', 'reference'], target: 'Slot' },
      { name: 'patient', kind: 'reference', path: actor, target: 'Patient', within: 'actor' },
      { name: 'actor', kind: 'reference', path: actor },
      { name: 'status', kind: 'token', path: ['status'] },
    ],
    required: [['status'], ['participant']],
    transitions: {
      pending: ['booked', 'cancelled'],
      booked: ['arrived', 'cancelled', 'noshow'],
      arrived: ['fulfilled', 'cancelled', 'noshow'],
      fulfilled: [],
      cancelled: [],
      noshow: [],
    },
    references: [['slot', 'reference'], actor],
    unique: { parameter: 'identifier', system: systems.appointment },
  },
  Task: {
    parameters: [identifier, { name: 'status', kind: 'token', path: ['status'] }],
    required: [['status'], ['intent']],
    transitions: { requested: ['accepted', 'cancelled'], accepted: ['completed'], completed: [], cancelled: [] },
    references: [['for', 'reference']],
    unique: { parameter: 'identifier', system: systems.task },
  },
  Invoice: {
    parameters: [identifier, { name: 'status', kind: 'token', path: ['status'] }],
    required: [['status']],
    transitions: { issued: ['balanced', 'cancelled'], balanced: ['cancelled'], cancelled: [] },
    references: [['subject', 'reference']],
    unique: { parameter: 'identifier', system: systems.payment },
  },
}
