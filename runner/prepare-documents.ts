import { createHash } from 'node:crypto'
import type { FhirResource } from 'fhir/r4.js'
import { type DocumentFacts, documentBinary, documentReference, type TextCoding } from '../generators/fhir/document.ts'
import { documentId, patientId, rowIdentifier } from '../generators/fhir/naming.ts'
import { documentOf } from '../generators/reports/document.ts'
import type { RecordOwner } from '../planner/subject.ts'
import type { Numbered } from './numbered-subject.ts'

const coding: TextCoding = {
  toBase64: (ascii) => Buffer.from(ascii, 'latin1').toString('base64'),
  sha1: (ascii) => createHash('sha1').update(ascii, 'latin1').digest('base64'),
}

const documentsOf = (of: Numbered, { person, seed, documents }: RecordOwner): readonly DocumentFacts[] =>
  Array.from({ length: documents }, (_, nth) => {
    const identifier = `${rowIdentifier(of.namespace, of.stream, of.number)}.${nth}`
    return {
      ...documentOf(seed, nth),
      namespace: of.namespace,
      id: documentId(of.namespace, identifier),
      identifier,
      patient: patientId(person.seed, person.index),
      date: new Date(of.dayZeroUnixMs).toISOString(),
    }
  })

/** The bytes of the documents that somebody will find in the health record. */
export const documentBytes = (of: Numbered, owner: RecordOwner): readonly FhirResource[] =>
  documentsOf(of, owner).map((facts) => documentBinary(facts, coding))

/** What tells of those documents. */
export const documentReferences = (of: Numbered, owner: RecordOwner): readonly FhirResource[] =>
  documentsOf(of, owner).map((facts) => documentReference(facts, coding))
