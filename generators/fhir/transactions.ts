import type { Appointment, Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { systems } from './naming.ts'

/** One JSON Patch operation (RFC 6902), the kinds we use. */
export interface PatchOperation {
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

export type Entry = BundleEntry<FhirResource>

/** A guarded change of a resource, as an entry of a transaction. */
export const patchEntry = (url: string, operations: readonly PatchOperation[], toBase64: ToBase64): Entry => ({
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

export const transaction = (...entry: Entry[]): Bundle<FhirResource> => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry,
})

/** An appointment and its slots. */
export interface Placed {
  readonly appointmentId: string
  readonly slots: readonly string[]
}

type Change = readonly [from: string, to: string]

const slotEntries = (slots: readonly string[], change: Change, toBase64: ToBase64): readonly Entry[] =>
  slots.map((slot) => patchEntry(`Slot/${slot}`, statusPatch(...change), toBase64))

/** Hold: the slots from free to busy-tentative and a pending appointment in them, all or none. */
export const holdTransaction = (
  appointment: Appointment,
  slots: readonly string[],
  toBase64: ToBase64,
): Bundle<FhirResource> =>
  transaction(...slotEntries(slots, ['free', 'busy-tentative'], toBase64), createEntry(appointment))

/** Book without a hold: the slots from free to busy and a booked appointment in them, all or none. */
export const directTransaction = (
  appointment: Appointment,
  slots: readonly string[],
  toBase64: ToBase64,
): Bundle<FhirResource> => transaction(...slotEntries(slots, ['free', 'busy'], toBase64), createEntry(appointment))

/** The same change of all slots of an appointment, and one of the appointment: all or none. */
const placedTransaction = (
  { appointmentId, slots }: Placed,
  change: { readonly slot: Change; readonly appointment: Change },
  toBase64: ToBase64,
): Bundle<FhirResource> =>
  transaction(
    ...slotEntries(slots, change.slot, toBase64),
    patchEntry(`Appointment/${appointmentId}`, statusPatch(...change.appointment), toBase64),
  )

/** Book: the held slots to busy and their pending appointment to booked. */
export const bookTransaction = (placed: Placed, toBase64: ToBase64): Bundle<FhirResource> =>
  placedTransaction(placed, { slot: ['busy-tentative', 'busy'], appointment: ['pending', 'booked'] }, toBase64)

/** Release: the held slots are free again and their pending appointment cancelled. */
export const releaseTransaction = (placed: Placed, toBase64: ToBase64): Bundle<FhirResource> =>
  placedTransaction(placed, { slot: ['busy-tentative', 'free'], appointment: ['pending', 'cancelled'] }, toBase64)

/** Cancel: the sold slots are free again and their appointment cancelled. */
export const cancelTransaction = (placed: Placed, toBase64: ToBase64): Bundle<FhirResource> =>
  placedTransaction(placed, { slot: ['busy', 'free'], appointment: ['booked', 'cancelled'] }, toBase64)

/** A move of an appointment from one slot to another. */
export interface Move {
  readonly appointmentId: string
  readonly fromSlot: string
  readonly toSlot: string
}

/** Move: the new slot is sold, the old one free again, and the booked appointment points to the new one; all or nothing. */
export const moveTransaction = ({ appointmentId, fromSlot, toSlot }: Move, toBase64: ToBase64): Bundle<FhirResource> =>
  transaction(
    ...slotEntries([toSlot], ['free', 'busy'], toBase64),
    ...slotEntries([fromSlot], ['busy', 'free'], toBase64),
    patchEntry(
      `Appointment/${appointmentId}`,
      [
        { op: 'test', path: '/status', value: 'booked' },
        { op: 'replace', path: '/slot/0/reference', value: `Slot/${toSlot}` },
      ],
      toBase64,
    ),
  )
