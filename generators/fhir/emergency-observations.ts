import type { Condition, DocumentReference, Observation } from 'fhir/r4.js'
import type { TriageColour } from '../../region/emergency-care.ts'
import { type AccessFacts, aboutAccess } from './encounter.ts'
import { encounterId, eventIdentifier, runMeta, systems } from './naming.ts'

const idOf = ({ namespace, stream, number }: AccessFacts, what: string): string =>
  `${namespace}-v-${stream}-${number}-${what}`

/** What triage has found: one observation, known by its event. */
export const triageObservation = (
  access: AccessFacts,
  { colour, at }: { readonly colour: TriageColour; readonly at: string },
): Observation => ({
  resourceType: 'Observation',
  id: idOf(access, 'triage'),
  meta: runMeta(access.namespace),
  identifier: [{ system: systems.event, value: eventIdentifier(access.identifier, 'triage') }],
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '56839-5' }] },
  ...aboutAccess(access),
  effectiveDateTime: at,
  valueCodeableConcept: { coding: [{ system: systems.triage, code: colour }] },
})

/** LOINC code, unit (UCUM), least and span of what is measured at a visit. */
const vitals = [
  ['8867-4', '/min', 55, 60],
  ['8480-6', 'mm[Hg]', 95, 80],
  ['8462-4', 'mm[Hg]', 55, 45],
  ['2708-6', '%', 88, 12],
  ['8310-5', 'Cel', 35, 5],
] as const

/** The vital signs of a visit; all carry the identifier of their event. */
export const vitalSigns = (access: AccessFacts, at: string): readonly Observation[] =>
  vitals.map(([code, unit, least, span], index) => ({
    resourceType: 'Observation' as const,
    id: idOf(access, String(index)),
    meta: runMeta(access.namespace),
    identifier: [{ system: systems.event, value: eventIdentifier(access.identifier, 'visit') }],
    status: 'final' as const,
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code }] },
    ...aboutAccess(access),
    effectiveDateTime: at,
    valueQuantity: {
      value: least + ((access.number * (index + 3)) % span),
      unit,
      system: 'http://unitsofmeasure.org',
      code: unit,
    },
  }))

/** How many observations a visit writes. */
export const vitalSignCount = vitals.length

export const diagnosisId = (access: AccessFacts): string => idOf(access, 'diagnosis')

/** What it turned out to be, known by the event of the report. The encounter refers to it, and not it to the encounter: a server could delete neither. */
export const diagnosis = (access: AccessFacts, recordedDate: string): Condition => ({
  resourceType: 'Condition',
  id: diagnosisId(access),
  meta: runMeta(access.namespace),
  identifier: [{ system: systems.event, value: eventIdentifier(access.identifier, 'report') }],
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  code: { coding: [{ system: systems.diagnosis, code: access.episode.problem.diagnosis }] },
  subject: { reference: `Patient/${access.patient}` },
  recordedDate,
})

/** The closing report of an access as it is announced; its text lies elsewhere. */
export const closingReport = (access: AccessFacts, date: string): DocumentReference => ({
  resourceType: 'DocumentReference',
  id: idOf(access, 'report'),
  meta: runMeta(access.namespace),
  identifier: [{ system: systems.event, value: eventIdentifier(access.identifier, 'report') }],
  status: 'current',
  docStatus: 'final',
  type: { coding: [{ system: 'http://loinc.org', code: '59258-4' }] },
  subject: { reference: `Patient/${access.patient}` },
  date,
  content: [{ attachment: { contentType: 'application/pdf', title: 'Verbale di pronto soccorso' } }],
  context: { encounter: [{ reference: `Encounter/${encounterId(access.namespace, access.stream, access.number)}` }] },
})
