import type { Appointment, FhirResource, Invoice, Slot, Task } from 'fhir/r4.js'
import { systems } from '../generators/fhir/naming.ts'
import { referencedId } from '../generators/fhir/references.ts'
import type { SystemName } from '../model/system.ts'
import { isOfImages } from './image-kinds.ts'
import type { FinalWrite, RowWrites } from './ledger.ts'
import { isIdentified, readIdentified, type StoredResource } from './read-identified.ts'
import { type ImageReading, readImages } from './read-images.ts'
import { type Searcher, searchValues, withPrefix, withSystem } from './search-values.ts'

/** Clients of the systems that a run has written to. */
export type Searchers = Readonly<Partial<Record<SystemName, Searcher>>>

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
 * by their identifier, payments, and whatever else is found by its identifier.
 */
export interface Stored {
  readonly appointments: readonly StoredAppointment[]
  readonly slotStatus: ReadonlyMap<string, string>
  readonly tasks: ReadonlyMap<string, StoredTask>
  readonly payments: readonly StoredPayment[]
  /** What is stored of writes that leave resources under an identifier, by it. */
  readonly identified: ReadonlyMap<string, readonly StoredResource[]>
}

/** Slots that a row has, or may have, taken or left. */
export const slotsOf = ({ writes }: RowWrites): readonly string[] =>
  writes
    .filter(({ state }) => state !== 'refused')
    .flatMap(({ slot, fromSlot }) => [slot, fromSlot ?? ''])
    .filter((slot) => slot !== '')

/** Reads a batch of rows back from the target: searches for each kind of thing. Rejects when the target does not answer them all. */
export const readBack = async (
  { clients, images }: { readonly clients: Searchers; readonly images?: ImageReading | undefined },
  rows: readonly RowWrites[],
): Promise<Stored> => {
  const writes = rows.flatMap((row) => row.writes)
  const identified = writes.filter(({ kind }) => isIdentified(kind))
  const ofImages = writes.filter(({ kind }) => isOfImages(kind))
  const [bookings, stored, imagesStored] = await Promise.all([
    identified.length + ofImages.length === writes.length ? noBookings : readBookings(clientOf(clients, 'recup'), rows),
    identified.length === 0 ? new Map() : readIdentified((system) => clientOf(clients, system), identified),
    ofImages.length === 0 || !images ? new Map() : readImages(images, ofImages),
  ])
  return { ...bookings, identified: new Map([...stored, ...imagesStored]) }
}

const clientOf = (clients: Searchers, system: SystemName): Searcher => {
  const client = clients[system]
  if (client) return client
  throw new RangeError(`expected a client of ${system}, got none`)
}

type StoredBookings = Omit<Stored, 'identified'>

const noBookings: StoredBookings = { appointments: [], slotStatus: new Map(), tasks: new Map(), payments: [] }

const readBookings = async (client: Searcher, rows: readonly RowWrites[]): Promise<StoredBookings> => {
  const slots = distinct(rows.flatMap(slotsOf))
  const tasks = identifiersOf(rows, ({ kind }) => kind === 'take-charge')
  const payments = identifiersOf(rows, ({ kind }) => kind === 'pay')
  const appointments = identifiersOf(
    rows,
    ({ kind }) => !isIdentified(kind) && !isOfImages(kind) && kind !== 'take-charge' && kind !== 'pay',
  )
  const found = await Promise.all([
    searchValues(client, 'Appointment?identifier', withSystem(systems.appointment, appointments)),
    searchValues(client, 'Appointment?slot', withPrefix('Slot/', slots)),
    searchValues(client, 'Slot?_id', slots),
    searchValues(client, 'Task?identifier', withSystem(systems.task, tasks)),
    searchValues(client, 'Invoice?identifier', withSystem(systems.payment, payments)),
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
