import { systems } from '../../generators/fhir/naming.ts'
import type { TypeDefinitions } from '../fhir/type-definition.ts'

const identifier = { name: 'identifier', kind: 'token', path: ['identifier'] } as const
const subject = ['subject', 'reference']

/** What the health record keeps: documents, and what tells of them. */
export const reportsTypes: TypeDefinitions = {
  Patient: { parameters: [identifier] },
  Binary: { parameters: [], required: [['contentType']] },
  DocumentReference: {
    parameters: [
      identifier,
      { name: 'subject', kind: 'reference', path: subject },
      { name: 'patient', kind: 'reference', path: subject, target: 'Patient', within: 'subject' },
      { name: 'status', kind: 'token', path: ['status'] },
      { name: 'date', kind: 'date', path: ['date'] },
    ],
    required: [['status'], ['content']],
    references: [subject, ['content', 'attachment', 'url']],
    unique: { parameter: 'identifier', system: systems.document },
  },
}
