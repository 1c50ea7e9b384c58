import type { TypeDefinitions } from '../fhir/type-definition.ts'

/** What the prescription system keeps. It does not know patients: a subject need not exist here. */
export const prescriptionTypes: TypeDefinitions = {
  ServiceRequest: {
    parameters: [
      { name: 'requisition', kind: 'token', path: ['requisition'] },
      { name: 'identifier', kind: 'token', path: ['identifier'] },
      { name: 'subject', kind: 'reference', path: ['subject', 'reference'] },
      { name: 'patient', kind: 'reference', path: ['subject', 'reference'], target: 'Patient', within: 'subject' },
    ],
    required: [['status'], ['intent'], ['subject']],
  },
}
