import type { Appointment, Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { systems } from './naming.ts'

/** One JSON Patch operation (RFC 6902), the kinds we use. */
interface PatchOperation {
  readonly op: 'test' | 'replace' | 'add'
  readonly path: string
  readonly value: unknown
}

/** `test` then `replace` of `/status`: of many contenders exactly one wins, the others get a refusal. */
export const statusPatch = (from: string, to: string): readonly PatchOperation[] => [
  { op: 'test', path: '/status', value: from },
  { op: 'replace', path: '/status', value: to },
]

/** Takes a requested task for a desk; whoever comes later is refused. */
export const takeChargePatch = (desk: string): readonly PatchOperation[] => [
  ...statusPatch('requested', 'accepted'),
  { op: 'add', path: '/owner', value: { identifier: { system: systems.desk, value: desk } } },
]

/** Base64 of an ASCII text, by a function that the runtime has (`Buffer` in Node, `k6/encoding` in k6). */
export type ToBase64 = (ascii: string) => string

type Entry = BundleEntry<FhirResource>

const patchEntry = (url: string, operations: readonly PatchOperation[], toBase64: ToBase64): Entry => ({
  resource: {
    resourceType: 'Binary',
    contentType: 'application/json-patch+json',
    data: toBase64(JSON.stringify(operations)),
  },
  request: { method: 'PATCH', url },
})

const createEntry = (appointment: Appointment): Entry => ({
  resource: appointment,
  request: {
    method: 'POST',
    url: 'Appointment',
    ifNoneExist: `identifier=${systems.appointment}|${appointment.identifier?.[0]?.value ?? ''}`,
  },
})

const transaction = (...entry: Entry[]): Bundle<FhirResource> => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry,
})

/** An appointment and its slot. */
export interface Placed {
  readonly appointmentId: string
  readonly slot: string
}

/** Hold: the slot from free to busy-tentative and a pending appointment, both or none. */
export const holdTransaction = (appointment: Appointment, slot: string, toBase64: ToBase64): Bundle<FhirResource> =>
  transaction(patchEntry(`Slot/${slot}`, statusPatch('free', 'busy-tentative'), toBase64), createEntry(appointment))

/** Book without a hold: the slot from free to busy and a booked appointment, both or none. */
export const directTransaction = (appointment: Appointment, slot: string, toBase64: ToBase64): Bundle<FhirResource> =>
  transaction(patchEntry(`Slot/${slot}`, statusPatch('free', 'busy'), toBase64), createEntry(appointment))

/** Both patches of a slot and its appointment, or none. */
const pairTransaction = (
  { appointmentId, slot }: Placed,
  change: { readonly slot: readonly [string, string]; readonly appointment: readonly [string, string] },
  toBase64: ToBase64,
): Bundle<FhirResource> =>
  transaction(
    patchEntry(`Slot/${slot}`, statusPatch(...change.slot), toBase64),
    patchEntry(`Appointment/${appointmentId}`, statusPatch(...change.appointment), toBase64),
  )

/** Book: the held slot to busy and its pending appointment to booked. */
export const bookTransaction = (placed: Placed, toBase64: ToBase64): Bundle<FhirResource> =>
  pairTransaction(placed, { slot: ['busy-tentative', 'busy'], appointment: ['pending', 'booked'] }, toBase64)

/** Release: the held slot is free again and its pending appointment cancelled. */
export const releaseTransaction = (placed: Placed, toBase64: ToBase64): Bundle<FhirResource> =>
  pairTransaction(placed, { slot: ['busy-tentative', 'free'], appointment: ['pending', 'cancelled'] }, toBase64)

/** Cancel: the sold slot is free again and its appointment cancelled. */
export const cancelTransaction = (placed: Placed, toBase64: ToBase64): Bundle<FhirResource> =>
  pairTransaction(placed, { slot: ['busy', 'free'], appointment: ['booked', 'cancelled'] }, toBase64)

/** Move: the new slot is sold, the old one free again, and the booked appointment points to the new one; all or nothing. */
export const moveTransaction = (placed: Placed, newSlot: string, toBase64: ToBase64): Bundle<FhirResource> =>
  transaction(
    patchEntry(`Slot/${newSlot}`, statusPatch('free', 'busy'), toBase64),
    patchEntry(`Slot/${placed.slot}`, statusPatch('busy', 'free'), toBase64),
    patchEntry(
      `Appointment/${placed.appointmentId}`,
      [
        { op: 'test', path: '/status', value: 'booked' },
        { op: 'replace', path: '/slot/0/reference', value: `Slot/${newSlot}` },
      ],
      toBase64,
    ),
  )
