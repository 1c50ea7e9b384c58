import type { Appointment, Bundle, BundleEntry, FhirResource } from 'fhir/r4.js'
import { systems } from './naming.ts'

/** One JSON Patch operation (RFC 6902), the two kinds we use. */
interface PatchOperation {
  readonly op: 'test' | 'replace'
  readonly path: string
  readonly value: string
}

/** `test` then `replace` of `/status`: of many contenders exactly one wins, the others get a refusal. */
export const statusPatch = (from: string, to: string): readonly PatchOperation[] => [
  { op: 'test', path: '/status', value: from },
  { op: 'replace', path: '/status', value: to },
]

/** Base64 of an ASCII text, by a function that the runtime has (`Buffer` in Node, `k6/encoding` in k6). */
export type ToBase64 = (ascii: string) => string

const patchEntry = (
  url: string,
  operations: readonly PatchOperation[],
  toBase64: ToBase64,
): BundleEntry<FhirResource> => ({
  resource: {
    resourceType: 'Binary',
    contentType: 'application/json-patch+json',
    data: toBase64(JSON.stringify(operations)),
  },
  request: { method: 'PATCH', url },
})

/** Hold: the slot from free to busy-tentative and a pending appointment, both or none. */
export const holdTransaction = (appointment: Appointment, slot: string, toBase64: ToBase64): Bundle<FhirResource> => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    patchEntry(`Slot/${slot}`, statusPatch('free', 'busy-tentative'), toBase64),
    {
      resource: appointment,
      request: {
        method: 'POST',
        url: 'Appointment',
        ifNoneExist: `identifier=${systems.appointment}|${appointment.identifier?.[0]?.value ?? ''}`,
      },
    },
  ],
})

/** Book: the held slot to busy and its pending appointment to booked, both or none. */
export const bookTransaction = (appointmentId: string, slot: string, toBase64: ToBase64): Bundle<FhirResource> => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    patchEntry(`Slot/${slot}`, statusPatch('busy-tentative', 'busy'), toBase64),
    patchEntry(`Appointment/${appointmentId}`, statusPatch('pending', 'booked'), toBase64),
  ],
})
