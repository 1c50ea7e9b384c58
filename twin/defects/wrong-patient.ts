import type { Interference } from '../fhir/interference.ts'
import { isRecord, type Resource, valuesAt } from '../fhir/resource.ts'
import type { DueShare } from './due-share.ts'

/** An appointment is stored under the next patient in order of registration; the answer shows the right one. Share of creates. */
export const wrongPatient = (due: DueShare): Interference => ({
  done(changes, store) {
    for (const { after, by } of changes) {
      if (by !== 'create' || after.row.type !== 'Appointment' || !due.next()) continue
      const right = patientId(after.resource)
      const patient = store.read('Patient', right)
      const other = patient && store.following('Patient', patient.key)
      if (!other || other.id === right) continue
      const participant = valuesAt(after.resource, ['participant']).map((one) => withPatient(one, right, other.id))
      store.write({ ...after.resource, participant }, after.row.version, after)
      due.spend()
    }
  },
})

const patientId = (appointment: Resource): string =>
  valuesAt(appointment, ['participant', 'actor', 'reference'])
    .map((reference) => String(reference).split('Patient/')[1])
    .find(Boolean) ?? ''

const withPatient = (participant: unknown, right: string, otherId: string): unknown =>
  isRecord(participant) && isRecord(participant['actor']) && participant['actor']['reference'] === `Patient/${right}`
    ? { ...participant, actor: { ...participant['actor'], reference: `Patient/${otherId}` } }
    : participant
