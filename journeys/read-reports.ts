import crypto from 'k6/crypto'
import { documentId, rowIdentifier } from '../generators/fhir/naming.ts'
import { referencedId } from '../generators/fhir/references.ts'
import { documentOf, documentText } from '../generators/reports/document.ts'
import { patientOf } from './lib/about.ts'
import { namespace } from './lib/settings.ts'
import type { ListedDocument, Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

/** What is used of a DocumentReference. */
interface Reference {
  readonly resourceType: string
  readonly id: string
  readonly subject?: { readonly reference?: string }
  readonly content: readonly {
    readonly attachment: { readonly url?: string; readonly size?: number; readonly hash?: string }
  }[]
}

/** Documents on a page. */
const pageSize = 20

/** The citizen's documents. Somebody else's among them are told at once: nobody may see them. */
const list = (visit: Visit): StepEnding => {
  const patient = patientOf(visit)
  const answer = visit.request({
    method: 'GET',
    path: `DocumentReference?patient=Patient/${patient}&_count=${pageSize}`,
  })
  if (answer.outcome !== 'ok') return answer.outcome
  const bundle: { entry?: readonly { resource: Reference }[] } = JSON.parse(answer.body)
  const found = (bundle.entry ?? [])
    .map(({ resource }) => resource)
    .filter(({ resourceType }) => resourceType === 'DocumentReference')
  const isOwn = ({ subject }: Reference) => referencedId('Patient', [subject?.reference])[0] === patient
  for (const { id, subject } of found.filter((one) => !isOwn(one)))
    visit.disclose({ patient, shown: `DocumentReference/${id}`, owner: subject?.reference ?? 'nobody' })
  visit.progress.documents = found.filter(isOwn).flatMap(listed)
  return visit.progress.documents.length === 0 ? 'blocked' : 'ok'
}

const listed = ({ content }: Reference): readonly ListedDocument[] =>
  content.map(({ attachment }) => ({
    url: attachment.url ?? '',
    sizeBytes: attachment.size ?? 0,
    digest: attachment.hash ?? '',
  }))

/** The next one of them; bytes that are not all there, or not those that were published, are a failure. */
const open = (visit: Visit): StepEnding => {
  const nth = visit.timesBefore('open')
  const document = visit.turn.entry === 0 ? visit.progress.documents[nth] : loadedDocument(visit, nth)
  if (!document) return 'blocked'
  const { url, sizeBytes, digest } = document
  return visit.request({
    method: 'GET',
    path: url,
    accept: 'application/pdf',
    isSound: (body) => body.length === sizeBytes && crypto.sha1(body, 'base64') === digest,
  }).outcome
}

/** Whoever had listed them before the run finds those that were loaded for the row. */
const loadedDocument = ({ turn }: Visit, nth: number): ListedDocument => {
  const identifier = `${rowIdentifier(namespace, turn.stream.name, turn.row)}.${nth}`
  const { sizeBytes } = documentOf(turn.seed, nth)
  return {
    url: `Binary/${documentId(namespace, identifier)}`,
    sizeBytes,
    digest: crypto.sha1(documentText(identifier, sizeBytes), 'base64'),
  }
}

/** A citizen opens the health record and reads what is new. */
export const readReports: Journey = { list, open }
