import type { Appointment, FhirResource, Invoice, Slot, Task } from 'fhir/r4.js'
import { appointmentResource } from '../../generators/fhir/appointment.ts'
import { invoiceResource } from '../../generators/fhir/invoice.ts'
import { systems } from '../../generators/fhir/naming.ts'
import { slotResource } from '../../generators/fhir/schedule.ts'
import { taskResource } from '../../generators/fhir/task.ts'

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
  readonly tasks: Task[] = []
  readonly invoices: Invoice[] = []
  readonly others: FhirResource[] = []
  readonly queries: string[] = []
  isReachable = true

  slot(id: string, status: Slot['status']): this {
    const start = '2026-12-01T09:00:00Z'
    this.slots.set(id, { ...slotResource(agenda, { id, status: 'free', start, end: start }), status })
    return this
  }

  /** In one slot, in several (`s1,s2`) or, empty, in none. */
  appointment(identifier: string, of: { status: Appointment['status']; patient: string; slot: string }): this {
    const facts = {
      namespace: 'ns',
      identifier,
      patient: of.patient,
      slots: of.slot.split(',').filter(Boolean),
      service: '89.7',
      nre: 'n',
      created: '2026',
    }
    const resource = appointmentResource({ ...facts, status: 'booked' })
    this.appointments.push({ ...resource, id: `x${this.appointments.length}`, status: of.status })
    return this
  }

  task(patient: number, status: Task['status'], desk = ''): this {
    const task = taskResource('ns', { seed: 1, patient, nre: 'n' })
    const owner = { identifier: { system: systems.desk, value: desk } }
    this.tasks.push({ ...task, status, ...(desk !== '' && { owner }) })
    return this
  }

  invoice(identifier: string, status: 'issued' | 'balanced', patient: string): this {
    this.invoices.push(invoiceResource({ namespace: 'ns', identifier, status, patient }))
    return this
  }

  /** Whatever else, as it is. */
  holding(...resources: readonly FhirResource[]): this {
    this.others.push(...resources)
    return this
  }

  #all(): readonly FhirResource[] {
    return [...this.slots.values(), ...this.appointments, ...this.tasks, ...this.invoices, ...this.others]
  }

  async get(path: string) {
    const [type, id] = path.split('/')
    const body = this.#all().find((resource) => resource.resourceType === type && resource.id === id)
    return { status: body ? 200 : 404, body, text: '' }
  }

  async *search(query: string): AsyncGenerator<FhirResource> {
    this.queries.push(query)
    if (!this.isReachable) throw new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') })
    const url = new URL(query, 'http://target.invalid/')
    for (const resource of this.#all()) {
      if (url.pathname === `/${resource.resourceType}` && matches(resource, url.searchParams))
        yield structuredClone(resource)
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
  if (resource.resourceType === 'ServiceRequest') {
    return among('requisition', [`${resource.requisition?.system}|${resource.requisition?.value}`])
  }
  const { identifier } = resource as Appointment
  const identifiers = identifier?.map(({ system, value }) => `${system}|${value}`) ?? []
  if (resource.resourceType !== 'Appointment') return among('identifier', identifiers)
  return among('identifier', identifiers) && among('slot', resource.slot?.map(({ reference }) => reference) ?? [])
}
