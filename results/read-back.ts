import type { Appointment, FhirResource, Invoice, Slot, Task } from 'fhir/r4.js'
import type { FhirClient } from '../clients/fhir-client.ts'
import { systems } from '../generators/fhir/naming.ts'
import type { FinalWrite, RowWrites } from './ledger.ts'

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

export interface StoredTask {
  readonly status: string
  /** Desk that has taken it; empty for none. */
  readonly owner: string
}

export interface StoredPayment {
  readonly identifier: string
  readonly status: string
  readonly patient: string
}

/**
 * What the target keeps of a batch of rows: every appointment found by identifier or slot, the status of every slot, tasks
 * by their identifier, and payments.
 */
export interface Stored {
  readonly appointments: readonly StoredAppointment[]
  readonly slotStatus: ReadonlyMap<string, string>
  readonly tasks: ReadonlyMap<string, StoredTask>
  readonly payments: readonly StoredPayment[]
}

/** So that a URL stays below the 8 KB that common servers take, a long token besides. */
const valuesPerSearch = 50

/** Largest page that common servers give. */
const pageSize = 200

/** Slots that a row has, or may have, taken or left. */
export const slotsOf = ({ writes }: RowWrites): readonly string[] =>
  writes
    .filter(({ state }) => state !== 'refused')
    .flatMap(({ slot, fromSlot }) => [slot, fromSlot ?? ''])
    .filter((slot) => slot !== '')

/** Reads a batch of rows back from the target: searches for each kind of thing. Rejects when the target does not answer them all. */
export const readBack = async (client: Searcher, rows: readonly RowWrites[]): Promise<Stored> => {
  const slots = distinct(rows.flatMap(slotsOf))
  const tasks = identifiersOf(rows, ({ kind }) => kind === 'take-charge')
  const payments = identifiersOf(rows, ({ kind }) => kind === 'pay')
  const appointments = identifiersOf(rows, ({ kind }) => kind !== 'take-charge' && kind !== 'pay')
  const found = await Promise.all([
    search(client, 'Appointment?identifier', withSystem(systems.appointment, appointments)),
    search(client, 'Appointment?slot', withPrefix('Slot/', slots)),
    search(client, 'Slot?_id', slots),
    search(client, 'Task?identifier', withSystem(systems.task, tasks)),
    search(client, 'Invoice?identifier', withSystem(systems.payment, payments)),
  ])
  const resources = found.flat()
  const stored = resources.filter(isAppointment).map(storedAppointment)
  return {
    appointments: [...new Map(stored.map((appointment) => [appointment.id, appointment])).values()],
    slotStatus: new Map(resources.filter(isSlot).map((slot) => [slot.id ?? '', slot.status])),
    tasks: new Map(resources.filter(isTask).map((task) => [identifierIn(task, systems.task), storedTask(task)])),
    payments: resources.filter(isInvoice).map(storedPayment),
  }
}

const identifiersOf = (rows: readonly RowWrites[], isOne: (write: FinalWrite) => boolean): readonly string[] =>
  distinct(rows.flatMap(({ writes }) => writes.filter(isOne).map(({ identifier }) => identifier)))

const withPrefix = (prefix: string, values: readonly string[]): readonly string[] =>
  values.map((value) => prefix + value)
const withSystem = (system: string, values: readonly string[]): readonly string[] => withPrefix(`${system}|`, values)

/** All resources whose parameter (`Slot?_id`) has one of the values. */
const search = async (client: Searcher, parameter: string, values: readonly string[]): Promise<FhirResource[]> => {
  const resources: FhirResource[] = []
  for (let from = 0; from < values.length; from += valuesPerSearch) {
    const some = values.slice(from, from + valuesPerSearch)
    const query = `${parameter}=${some.map(encodeURIComponent).join(',')}&_count=${pageSize}`
    for await (const resource of client.search(query)) resources.push(resource)
  }
  return resources
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)]

const isAppointment = (resource: FhirResource): resource is Appointment => resource.resourceType === 'Appointment'
const isSlot = (resource: FhirResource): resource is Slot => resource.resourceType === 'Slot'
const isTask = (resource: FhirResource): resource is Task => resource.resourceType === 'Task'
const isInvoice = (resource: FhirResource): resource is Invoice => resource.resourceType === 'Invoice'

const identifierIn = ({ identifier }: Appointment | Task | Invoice, system: string): string =>
  identifier?.find((one) => one.system === system)?.value ?? ''

const storedTask = ({ status, owner }: Task): StoredTask => ({ status, owner: owner?.identifier?.value ?? '' })

const storedPayment = (invoice: Invoice): StoredPayment => ({
  identifier: identifierIn(invoice, systems.payment),
  status: invoice.status,
  patient: referencedId('Patient', [invoice.subject?.reference])[0] ?? '',
})

const storedAppointment = (appointment: Appointment): StoredAppointment => ({
  id: appointment.id ?? '',
  identifier: identifierIn(appointment, systems.appointment) || `Appointment/${appointment.id}`,
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
