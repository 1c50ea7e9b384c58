import type { Appointment, FhirResource, Slot } from 'fhir/r4.js'
import { appointmentResource } from '../../generators/fhir/appointment.ts'
import { slotResource } from '../../generators/fhir/schedule.ts'

const agenda = {
  namespace: 'ns',
  id: 'a0',
  structure: 1,
  area: '120201',
  service: '89.7',
  priority: 'D',
  visit: 'ROUTINE',
} as const

/** A target held in memory that answers the searches of the reconciliation, as a FHIR server does. */
export class FakeTarget {
  readonly appointments: Appointment[] = []
  readonly slots = new Map<string, Slot>()
  readonly queries: string[] = []
  isReachable = true

  slot(id: string, status: Slot['status']): this {
    const start = '2026-12-01T09:00:00Z'
    this.slots.set(id, { ...slotResource(agenda, { id, status: 'free', start, end: start }), status })
    return this
  }

  appointment(identifier: string, of: { status: Appointment['status']; patient: string; slot: string }): this {
    const facts = {
      namespace: 'ns',
      identifier,
      patient: of.patient,
      slot: of.slot,
      service: '89.7',
      nre: 'n',
      created: '2026',
    }
    const resource = appointmentResource({ ...facts, status: 'booked' })
    this.appointments.push({ ...resource, id: `x${this.appointments.length}`, status: of.status })
    return this
  }

  async *search(query: string): AsyncGenerator<FhirResource> {
    this.queries.push(query)
    if (!this.isReachable) throw new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') })
    const url = new URL(query, 'http://target.invalid/')
    for (const resource of url.pathname === '/Slot' ? this.slots.values() : this.appointments) {
      if (matches(resource, url.searchParams)) yield structuredClone(resource)
    }
  }
}

const matches = (resource: FhirResource, parameters: URLSearchParams): boolean => {
  const among = (name: string, values: readonly (string | undefined)[]) =>
    !parameters.has(name) ||
    values.some((value) =>
      parameters
        .get(name)
        ?.split(',')
        .includes(value ?? ''),
    )
  if (resource.resourceType === 'Slot') return among('_id', [resource.id])
  if (resource.resourceType !== 'Appointment') return false
  const identifiers = resource.identifier?.map(({ system, value }) => `${system}|${value}`) ?? []
  return among('identifier', identifiers) && among('slot', resource.slot?.map(({ reference }) => reference) ?? [])
}
