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

/** The encounters of an access that began before the run, its own and that of the stay after it; none for one that begins in it. */
export const openEncounters = (of: Numbered, patient: EmergencyPatient): readonly FhirResource[] => {
  if (patient.behind === 0) return []
  const { second, ...episode } = episodeOf(patient.seed)
  const { status, isTakenOver } = standingOf(episode, patient.behind)
  const access = accessOf(of, patient)
  const since = new Date(of.dayZeroUnixMs).toISOString()
  return [
    encounterResource(access, { status, since }),
    ...(second && isTakenOver ? [secondEncounterResource(access, second, since)] : []),
  ]
}

/** The lines of orders whose results come while the run lasts. */
export const openOrderLines = (of: Numbered, patient: EmergencyPatient): readonly FhirResource[] => {
  if (patient.behind === 0) return []
  return standingOf(episodeOf(patient.seed), patient.behind).openOrders.flatMap(({ name, services }) =>
    orderLines(
      { ...accessOf(of, patient), round: Number(name.split('.')[1]), services },
      new Date(of.dayZeroUnixMs).toISOString(),
    ),
  )
}
