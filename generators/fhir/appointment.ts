import type { Appointment } from 'fhir/r4.js'
import { runMeta, systems } from './naming.ts'

/** What an appointment says, whoever makes it: `prepare` or a journey. */
export interface AppointmentFacts {
  readonly namespace: string
  readonly identifier: string
  readonly status: 'pending' | 'booked' | 'arrived'
  readonly patient: string
  /** One for each item of the prescription; none for who is accepted without a booking. */
  readonly slots: readonly string[]
  readonly service: string
  /** Number of the electronic prescription; the server checks it with the prescription system. */
  readonly nre: string
  /** When it was asked for, ISO 8601. */
  readonly created: string
}

export const appointmentResource = (facts: AppointmentFacts): Appointment => ({
  resourceType: 'Appointment',
  meta: runMeta(facts.namespace),
  identifier: [
    { system: systems.appointment, value: facts.identifier },
    { system: systems.nre, value: facts.nre },
  ],
  status: facts.status,
  serviceType: [{ coding: [{ system: systems.service, code: facts.service }] }],
  created: facts.created,
  ...(facts.slots.length > 0 && { slot: facts.slots.map((slot) => ({ reference: `Slot/${slot}` })) }),
  participant: [{ actor: { reference: `Patient/${facts.patient}` }, status: 'accepted' }],
})
