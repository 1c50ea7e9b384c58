import crypto from 'k6/crypto'
import { documentBinary, documentReference } from '../generators/fhir/document.ts'
import { documentId, systems } from '../generators/fhir/naming.ts'
import { transaction } from '../generators/fhir/transactions.ts'
import { documentOf } from '../generators/reports/document.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { aboutRow, identifierOf, patientOf } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace } from './lib/settings.ts'
import { sendTransaction, toBase64 } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

const sha1 = (ascii: string): string => crypto.sha1(ascii, 'base64')

/** Whether the document is there already; it is not. */
const check = (visit: Visit): StepEnding => {
  const identifier = encodeURIComponent(`${systems.document}|${identifierOf(visit)}`)
  return visit.request({ method: 'GET', path: `DocumentReference?identifier=${identifier}` }).outcome
}

/** The bytes and what tells of them, both or none. */
const publishDocument = (visit: Visit): StepOutcome => {
  const identifier = identifierOf(visit)
  const facts = {
    ...documentOf(visit.turn.seed),
    namespace,
    id: documentId(namespace, identifier),
    identifier,
    patient: patientOf(visit),
    date: new Date().toISOString(),
  }
  const reference = documentReference(facts, { toBase64, sha1 })
  const entries = [documentBinary(facts, { toBase64, sha1 }), reference].map((resource) => ({
    resource,
    request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` },
  }))
  const digest = reference.content[0]?.attachment.hash ?? ''
  return ledgered(visit, 'publish', {
    about: [{ ...aboutRow(visit), parts: 1, digest }],
    send: () => sendTransaction(visit, transaction(...entries), { contended: false }),
  }).outcome
}

/** A laboratory, a radiology or a ward puts a document into the health record. */
export const publish: Journey = { check, publish: publishDocument }
