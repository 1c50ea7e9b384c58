import type { Appointment, FhirResource, Slot } from 'fhir/r4.js'
import type { FhirClient } from '../clients/fhir-client.ts'
import { systems } from '../generators/fhir/naming.ts'
import type { RowWrites } from './ledger.ts'

/** What reconciliation needs of a FHIR client. */
export type Searcher = Pick<FhirClient, 'search'>

export interface StoredAppointment {
  readonly id: string
  /** Value of the run's own identifier; `Appointment/<id>` on one that has none. */
  readonly identifier: string
  readonly status: string
  readonly patient: string
  readonly slots: readonly string[]
}

/** What the target keeps of a batch of rows: every appointment found by identifier or slot, and the status of every slot. */
export interface Stored {
  readonly appointments: readonly StoredAppointment[]
  readonly slotStatus: ReadonlyMap<string, string>
}

/** Largest page that common servers give. */
const pageSize = 200

/** Slots that a row has, or may have, taken. */
export const slotsOf = ({ writes }: RowWrites): readonly string[] =>
  writes.filter(({ state, slot }) => state !== 'refused' && slot !== '').map(({ slot }) => slot)

/** Reads a batch of rows back from the target: three searches. Rejects when the target does not answer them all. */
export const readBack = async (client: Searcher, rows: readonly RowWrites[]): Promise<Stored> => {
  const identifiers = distinct(rows.flatMap(({ writes }) => writes.map(({ identifier }) => identifier)))
  const slots = distinct(rows.flatMap(slotsOf))
  const found = await Promise.all([
    search(
      client,
      'Appointment?identifier',
      identifiers.map((value) => `${systems.appointment}|${value}`),
    ),
    search(
      client,
      'Appointment?slot',
      slots.map((id) => `Slot/${id}`),
    ),
    search(client, 'Slot?_id', slots),
  ])
  const resources = found.flat()
  const appointments = resources.filter(isAppointment).map(storedAppointment)
  return {
    appointments: [...new Map(appointments.map((appointment) => [appointment.id, appointment])).values()],
    slotStatus: new Map(resources.filter(isSlot).map((slot) => [slot.id ?? '', slot.status])),
  }
}

/** All resources whose parameter (`Slot?_id`) has one of the values. */
const search = async (client: Searcher, parameter: string, values: readonly string[]): Promise<FhirResource[]> => {
  const resources: FhirResource[] = []
  if (values.length === 0) return resources
  const query = `${parameter}=${values.map(encodeURIComponent).join(',')}&_count=${pageSize}`
  for await (const resource of client.search(query)) resources.push(resource)
  return resources
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)]

const isAppointment = (resource: FhirResource): resource is Appointment => resource.resourceType === 'Appointment'
const isSlot = (resource: FhirResource): resource is Slot => resource.resourceType === 'Slot'

const storedAppointment = (appointment: Appointment): StoredAppointment => ({
  id: appointment.id ?? '',
  identifier:
    appointment.identifier?.find(({ system }) => system === systems.appointment)?.value ??
    `Appointment/${appointment.id}`,
  status: appointment.status,
  patient:
    referencedId(
      'Patient',
      appointment.participant.map(({ actor }) => actor?.reference),
    )[0] ?? '',
  slots: referencedId(
    'Slot',
    (appointment.slot ?? []).map(({ reference }) => reference),
  ),
})

/** Ids out of references, relative or absolute, versioned or not. */
const referencedId = (type: string, references: readonly (string | undefined)[]): readonly string[] =>
  references.flatMap((reference) => new RegExp(`(?:^|/)${type}/([^/]+)`).exec(reference ?? '')?.[1] ?? [])
