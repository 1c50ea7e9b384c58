import type { Binary, DocumentReference } from 'fhir/r4.js'
import { type Document, documentText } from '../reports/document.ts'
import { runMeta, systems } from './naming.ts'
import type { ToBase64 } from './transactions.ts'

/** A document of the health record, whoever publishes it: `prepare` or a journey. */
export interface DocumentFacts extends Document {
  readonly namespace: string
  /** FHIR id of its reference; its bytes have the same. */
  readonly id: string
  readonly identifier: string
  /** FHIR id. */
  readonly patient: string
  /** ISO 8601. */
  readonly date: string
}

/** What the runtime has for texts of ASCII. */
export interface TextCoding {
  readonly toBase64: ToBase64
  /** SHA-1 in base64, as FHIR wants it of an attachment. */
  readonly sha1: (ascii: string) => string
}

export const documentBinary = (
  { namespace, id, identifier, sizeBytes }: DocumentFacts,
  { toBase64 }: TextCoding,
): Binary => ({
  resourceType: 'Binary',
  id,
  meta: runMeta(namespace),
  contentType: 'application/pdf',
  data: toBase64(documentText(identifier, sizeBytes)),
})

export const documentReference = (facts: DocumentFacts, { sha1 }: TextCoding): DocumentReference => ({
  resourceType: 'DocumentReference',
  id: facts.id,
  meta: runMeta(facts.namespace),
  identifier: [{ system: systems.document, value: facts.identifier }],
  status: 'current',
  type: { coding: [{ system: 'http://loinc.org', code: facts.kind }] },
  subject: { reference: `Patient/${facts.patient}` },
  date: facts.date,
  content: [
    {
      attachment: {
        contentType: 'application/pdf',
        url: `Binary/${facts.id}`,
        size: facts.sizeBytes,
        hash: sha1(documentText(facts.identifier, facts.sizeBytes)),
        title: facts.title,
      },
    },
  ],
})
