import type { SearchParameter, TypeDefinition, TypeDefinitions } from '../fhir/type-definition.ts'

const identifier = { name: 'identifier', kind: 'token', path: ['identifier'] } as const
const subject = ['subject', 'reference']
const encounter = ['encounter', 'reference']

const patientParameters: readonly SearchParameter[] = [
  { name: 'subject', kind: 'reference', path: subject },
  { name: 'patient', kind: 'reference', path: subject, target: 'Patient', within: 'subject' },
]

/** A resource about an access: of its patient, in its encounter. */
const ofAccess = (definition: Partial<TypeDefinition> = {}): TypeDefinition => ({
  required: [['status'], ['subject']],
  references: [subject, encounter],
  ...definition,
  parameters: [
    identifier,
    { name: 'encounter', kind: 'reference', path: encounter },
    { name: 'status', kind: 'token', path: ['status'] },
    ...patientParameters,
    ...(definition.parameters ?? []),
  ],
})

/** What the system of the emergency departments keeps: who came, what was done, and how it ended. */
export const emergencyTypes: TypeDefinitions = {
  Organization: { parameters: [identifier] },
  Patient: { parameters: [identifier] },
  Encounter: {
    parameters: [
      identifier,
      { name: 'status', kind: 'token', path: ['status'] },
      { name: 'service-provider', kind: 'reference', path: ['serviceProvider', 'reference'] },
      ...patientParameters,
    ],
    required: [['status'], ['class'], ['subject']],
    // A department's counts by status are an index line each, however many there are elsewhere or were before.
    composite: ['service-provider', 'status'],
    transitions: {
      arrived: ['triaged', 'in-progress', 'finished', 'cancelled'],
      triaged: ['in-progress', 'finished', 'cancelled'],
      'in-progress': ['finished', 'cancelled'],
      finished: [],
      cancelled: [],
    },
    references: [
      subject,
      ['serviceProvider', 'reference'],
      ['partOf', 'reference'],
      ['hospitalization', 'origin', 'reference'],
    ],
  },
  Observation: ofAccess(),
  ServiceRequest: ofAccess({
    parameters: [{ name: 'requisition', kind: 'token', path: ['requisition'] }],
    transitions: { active: ['completed', 'revoked', 'on-hold'], 'on-hold': ['active'], completed: [], revoked: [] },
  }),
  DiagnosticReport: ofAccess(),
  Condition: {
    parameters: [identifier, ...patientParameters],
    required: [['code'], ['subject']],
    references: [subject],
  },
  DocumentReference: {
    parameters: [identifier, ...patientParameters],
    required: [['status'], ['content']],
    references: [subject, ['context', 'encounter', 'reference']],
  },
}
