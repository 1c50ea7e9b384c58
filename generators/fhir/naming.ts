/** Identifier and code systems on the wire. `hl7.it` ones are those of the HL7 Italy base guide; ours are URNs. */
export const systems = {
  fiscalCode: 'http://hl7.it/sid/codiceFiscale',
  structure: 'http://hl7.it/sid/fls',
  asl: 'http://hl7.it/sid/lazio/asl',
  nre: 'urn:collaudo:sid:nre',
  appointment: 'urn:collaudo:sid:appointment',
  task: 'urn:collaudo:sid:task',
  desk: 'urn:collaudo:sid:desk',
  payment: 'urn:collaudo:sid:iuv',
  hospital: 'http://hl7.it/sid/hsp',
  access: 'urn:collaudo:sid:access',
  event: 'urn:collaudo:sid:event',
  document: 'urn:collaudo:sid:document',
  triage: 'urn:collaudo:cs:triage',
  arrivalMode: 'urn:collaudo:cs:emur-arrival',
  mainProblem: 'urn:collaudo:cs:emur-main-problem',
  diagnosis: 'http://hl7.org/fhir/sid/icd-9-cm',
  /** Extensions of an encounter: who has sent the patient, and the mission of 118 that has brought them. */
  sender: 'urn:collaudo:ext:emur-sender',
  mission: 'urn:collaudo:ext:emur-mission',
  disposition: 'urn:collaudo:cs:emur-outcome',
  emergencyService: 'urn:collaudo:cs:emergency-service',
  service: 'urn:collaudo:cs:service',
  priority: 'urn:collaudo:cs:priority-class',
  visit: 'http://terminology.hl7.org/CodeSystem/v2-0276',
  exemption: 'urn:collaudo:cs:exemption',
  runTag: 'urn:collaudo:run',
  /** Tag of a slot: the health authority in whose area it is. */
  areaTag: 'urn:collaudo:area',
} as const

/** FHIR ids: letters, digits, dots and hyphens, never digits alone (some servers keep those for themselves). */
export const patientId = (seed: number, patient: number): string => `p${seed}-${patient}`
export const organizationId = (structure: number): string => `collaudo-org-${structure}`
export const locationId = (structure: number): string => `collaudo-loc-${structure}`
export const prescriptionId = (namespace: string, patient: number): string => `${namespace}-rx-${patient}`
export const scheduleId = (namespace: string, agenda: number): string => `${namespace}-a${agenda}`
export const slotId = (namespace: string, agenda: number, slot: number): string => `${namespace}-a${agenda}-s${slot}`
export const preparedAppointmentId = (namespace: string, stream: string, row: number): string =>
  `${namespace}-ap-${stream}-${row}`

/** What identifies a row in its run, and so whatever exists once a row: its appointment, its payment, its desk. */
export const rowIdentifier = (namespace: string, stream: string, row: number): string => `${namespace}.${stream}.${row}`

/** A prescription is taken in charge once, however many desks see it: its task is the patient's. */
export const taskId = (namespace: string, patient: number): string => `${namespace}-t-${patient}`
export const taskIdentifier = (namespace: string, patient: number): string => `${namespace}.task.${patient}`
export const invoiceId = (namespace: string, stream: string, row: number): string => `${namespace}-i-${stream}-${row}`

export const departmentId = (department: number): string => `collaudo-ed-${department}`
export const encounterId = (namespace: string, stream: string, episode: number): string =>
  `${namespace}-e-${stream}-${episode}`

/** The encounter of the stay after an access. */
export const secondEncounterId = (namespace: string, stream: string, episode: number): string =>
  `${namespace}-f-${stream}-${episode}`
export const secondStayIdentifier = (access: string): string => `${access}.second`

/** Of a document by its identifier. */
export const documentId = (namespace: string, identifier: string): string =>
  `${namespace}-d${identifier.slice(namespace.length).replaceAll('.', '-')}`

/** What identifies an event of an episode, and so what it has written. */
export const eventIdentifier = (access: string, event: string): string => `${access}.${event}`

/** Tag that every resource of a run carries, so that a clean-up finds it. */
export const runMeta = (namespace: string) => ({ tag: [{ system: systems.runTag, code: namespace }] })

/** Tags of what all runs share: the people of a seed, and the structures and departments. */
export const peopleTag = (seed: number): string => `people-${seed}`
export const structuresTag = 'structures'
