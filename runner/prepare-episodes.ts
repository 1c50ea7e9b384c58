import type { FhirResource } from 'fhir/r4.js'
import { episodeOf } from '../generators/emergency/episode.ts'
import { standingOf } from '../generators/emergency/standing.ts'
import { orderLines } from '../generators/fhir/emergency-order.ts'
import { type AccessFacts, encounterResource, secondEncounterResource } from '../generators/fhir/encounter.ts'
import { patientId, rowIdentifier } from '../generators/fhir/naming.ts'
import type { EmergencyPatient } from '../planner/subject.ts'
import type { Numbered } from './numbered-subject.ts'

const accessOf = ({ namespace, stream, number }: Numbered, { person, seed }: EmergencyPatient): AccessFacts => ({
  namespace,
  stream,
  number,
  identifier: rowIdentifier(namespace, stream, number),
  patient: patientId(person.seed, person.index),
  episode: episodeOf(seed),
})

/** The encounter of an access that began before the run; none for one that begins in it. */
export const openEncounter = (of: Numbered, patient: EmergencyPatient): readonly FhirResource[] => {
  if (patient.behind === 0) return []
  const { status } = standingOf(episodeOf(patient.seed), patient.behind)
  return [encounterResource(accessOf(of, patient), { status, since: beginningOf(of) })]
}

/** The encounter of the stay after such an access, where that has begun too. */
export const staysAfter = (of: Numbered, patient: EmergencyPatient): readonly FhirResource[] => {
  const { second, ...episode } = episodeOf(patient.seed)
  if (!second || !standingOf(episode, patient.behind).isTakenOver) return []
  return [secondEncounterResource(accessOf(of, patient), second, beginningOf(of))]
}

const beginningOf = ({ dayZeroUnixMs }: Numbered): string => new Date(dayZeroUnixMs).toISOString()

/** The lines of orders whose results come while the run lasts. */
export const openOrderLines = (of: Numbered, patient: EmergencyPatient): readonly FhirResource[] => {
  if (patient.behind === 0) return []
  return standingOf(episodeOf(patient.seed), patient.behind).openOrders.flatMap(({ name, services }) =>
    orderLines({ ...accessOf(of, patient), round: Number(name.split('.')[1]), services }, beginningOf(of)),
  )
}
