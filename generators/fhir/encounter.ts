import type { Encounter } from 'fhir/r4.js'
import type { Episode } from '../emergency/episode.ts'
import type { SecondStay } from '../emergency/second-stay.ts'
import { departmentId, encounterId, runMeta, secondEncounterId, secondStayIdentifier, systems } from './naming.ts'

/** An access to an emergency department, whoever enters it: `prepare` or a journey. */
export interface AccessFacts {
  readonly namespace: string
  readonly stream: string
  /** Its number in the stream. */
  readonly number: number
  /** What it is known by. */
  readonly identifier: string
  /** FHIR id. */
  readonly patient: string
  readonly episode: Pick<Episode, 'arrivalMode' | 'department' | 'sender' | 'problem'>
}

/** What a resource about an access refers to. */
export const aboutAccess = ({ namespace, stream, number, patient }: AccessFacts) => ({
  subject: { reference: `Patient/${patient}` },
  encounter: { reference: `Encounter/${encounterId(namespace, stream, number)}` },
})

export type AccessStatus = 'arrived' | 'triaged' | 'in-progress' | 'finished'

/** Arrival mode of those whom 118 brings. */
const ambulance = '1'

/** The encounter of an access as it stands; `since`: when it got there, ISO 8601. */
export const encounterResource = (
  { namespace, stream, number, identifier, patient, episode }: AccessFacts,
  { status, since }: { readonly status: AccessStatus; readonly since: string },
): Encounter => ({
  resourceType: 'Encounter',
  id: encounterId(namespace, stream, number),
  meta: runMeta(namespace),
  extension: [
    { url: systems.sender, valueCode: episode.sender },
    ...(episode.arrivalMode === ambulance ? [{ url: systems.mission, valueString: `M${number}` }] : []),
  ],
  identifier: [{ system: systems.access, value: identifier }],
  status,
  statusHistory: [{ status, period: { start: since } }],
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' },
  subject: { reference: `Patient/${patient}` },
  period: { start: since },
  reasonCode: [{ coding: [{ system: systems.mainProblem, code: episode.problem.code }] }],
  hospitalization: { admitSource: { coding: [{ system: systems.arrivalMode, code: episode.arrivalMode }] } },
  serviceProvider: { reference: `Organization/${departmentId(episode.department)}` },
})

/** The encounter of the stay after an access: under observation as a part of it, or in another hospital with where it came from. */
export const secondEncounterResource = (
  { namespace, stream, number, identifier, patient, episode }: AccessFacts,
  { kind, department }: SecondStay,
  since: string,
): Encounter => ({
  resourceType: 'Encounter',
  id: secondEncounterId(namespace, stream, number),
  meta: runMeta(namespace),
  identifier: [{ system: systems.access, value: secondStayIdentifier(identifier) }],
  status: 'in-progress',
  statusHistory: [{ status: 'in-progress', period: { start: since } }],
  class: {
    system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
    code: kind === 'observation' ? 'OBSENC' : 'EMER',
  },
  subject: { reference: `Patient/${patient}` },
  ...(kind === 'observation' && { partOf: { reference: `Encounter/${encounterId(namespace, stream, number)}` } }),
  period: { start: since },
  hospitalization: {
    preAdmissionIdentifier: { system: systems.access, value: identifier },
    ...(kind === 'transfer' && { origin: { reference: `Organization/${departmentId(episode.department)}` } }),
  },
  serviceProvider: { reference: `Organization/${departmentId(department)}` },
})
