import type { FhirResource } from 'fhir/r4.js'
import { episodeOf } from '../generators/emergency/episode.ts'
import { standingOf } from '../generators/emergency/standing.ts'
import { orderLines } from '../generators/fhir/emergency-order.ts'
import { encounterResource, secondEncounterResource } from '../generators/fhir/encounter.ts'
import { patientId, rowIdentifier } from '../generators/fhir/naming.ts'
import { patientResource } from '../generators/fhir/patient.ts'
import type { EmergencyPatient } from '../planner/subject.ts'
import type { Numbered } from './numbered-subject.ts'

/** What a subject finds, each layer referring to those before it. */
export type Layers = readonly (readonly FhirResource[])[]

/**
 * The patient of an access; of one that began before the run also its encounter, that of the stay after it where it has begun too,
 * and the lines of orders whose results come while the run lasts.
 */
export const episodeLayers = (
  { namespace, stream, number, dayZeroUnixMs }: Numbered,
  { person, seed, behind }: EmergencyPatient,
): Layers => {
  const patient = patientResource(person)
  if (behind === 0) return [[patient]]
  const episode = episodeOf(seed)
  const { status, isTakenOver, openOrders } = standingOf(episode, behind)
  const identifier = rowIdentifier(namespace, stream, number)
  const access = { namespace, stream, number, identifier, patient: patientId(person.seed, person.index), episode }
  const since = new Date(dayZeroUnixMs).toISOString()
  const stay = episode.second && isTakenOver ? [secondEncounterResource(access, episode.second, since)] : []
  const lines = openOrders.flatMap(({ name, services }) =>
    orderLines({ ...access, round: Number(name.split('.')[1]), services }, since),
  )
  return [[patient], [encounterResource(access, { status, since })], stay, lines]
}
