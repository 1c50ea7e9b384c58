import type { FhirResource } from 'fhir/r4.js'
import { episodeOf } from '../generators/emergency/episode.ts'
import { standingOf } from '../generators/emergency/standing.ts'
import { orderLines } from '../generators/fhir/emergency-order.ts'
import { type AccessFacts, encounterResource } from '../generators/fhir/encounter.ts'
import { patientId, rowIdentifier } from '../generators/fhir/naming.ts'
import type { EmergencyPatient } from '../planner/subject.ts'

interface EpisodeOf {
  readonly namespace: string
  readonly stream: string
  /** Its number in the stream. */
  readonly number: number
  readonly dayZeroUnixMs: number
}

const accessOf = ({ namespace, stream, number }: EpisodeOf, { person, seed }: EmergencyPatient): AccessFacts => ({
  namespace,
  stream,
  number,
  identifier: rowIdentifier(namespace, stream, number),
  patient: patientId(person.seed, person.index),
  episode: episodeOf(seed),
})

/** The encounter of an access that began before the run; undefined for one that begins in it. */
export const openEncounter = (of: EpisodeOf, patient: EmergencyPatient): FhirResource | undefined => {
  if (patient.behind === 0) return undefined
  const { status } = standingOf(episodeOf(patient.seed), patient.behind)
  return encounterResource(accessOf(of, patient), { status, since: new Date(of.dayZeroUnixMs).toISOString() })
}

/** The lines of orders whose results come while the run lasts. */
export const openOrderLines = (of: EpisodeOf, patient: EmergencyPatient): readonly FhirResource[] => {
  if (patient.behind === 0) return []
  return standingOf(episodeOf(patient.seed), patient.behind).openOrders.flatMap(({ name, services }) =>
    orderLines(
      { ...accessOf(of, patient), round: Number(name.split('.')[1]), services },
      new Date(of.dayZeroUnixMs).toISOString(),
    ),
  )
}
