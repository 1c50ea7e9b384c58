import { systems } from '../../generators/fhir/naming.ts'
import type { TypeDefinitions } from '../fhir/type-definition.ts'

const identifier = { name: 'identifier', kind: 'token', path: ['identifier'] } as const
const status = { name: 'status', kind: 'token', path: ['status'] } as const
const subject = ['subject', 'reference']
const patient = { name: 'subject', kind: 'reference', path: subject } as const

/** What telemedicine keeps: who is to be seen, who was, and what is measured at home. */
export const telemedicineTypes: TypeDefinitions = {
  Patient: { parameters: [identifier] },
  Appointment: {
    parameters: [identifier, status],
    required: [['status'], ['participant']],
    transitions: {
      booked: ['arrived', 'cancelled', 'noshow'],
      arrived: ['fulfilled', 'noshow'],
      fulfilled: [],
      cancelled: [],
      noshow: [],
    },
    references: [['participant', 'actor', 'reference']],
    unique: { parameter: 'identifier', system: systems.appointment },
  },
  Encounter: {
    parameters: [identifier, status, patient],
    required: [['status'], ['class'], ['subject']],
    transitions: { 'in-progress': ['finished', 'cancelled'], finished: [], cancelled: [] },
    references: [subject, ['appointment', 'reference']],
    unique: { parameter: 'identifier', system: systems.access },
  },
  Observation: {
    parameters: [identifier, status, patient],
    required: [['status'], ['code']],
    references: [subject],
    unique: { parameter: 'identifier', system: systems.event },
  },
}
