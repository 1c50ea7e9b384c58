import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { documentBinary, documentReference } from '../../generators/fhir/document.ts'
import { type Case, judges, target } from './judged-cases.ts'
import { none, row, run } from './reconciliation.ts'

const sha1 = (text: string) => createHash('sha1').update(text).digest('base64')
const coding = { sha1, toBase64: (text: string) => Buffer.from(text).toString('base64') }
const facts = {
  namespace: 'ns',
  id: 'd1',
  identifier: 'ns.web.1',
  patient: 'p1',
  date: '2026-12-01T09:00:00Z',
  kind: '11502-2',
  title: 'laboratory report',
  sizeBytes: 300,
}
const reference = documentReference(facts, coding)
const bytes = documentBinary(facts, coding)
const published = { kind: 'publish', slot: '', parts: 1, digest: reference.content[0]?.attachment.hash } as const

const documents: readonly Case[] = [
  ['its reference and its bytes', target().holding(reference, bytes), [published], {}],
  ['nothing after a refusal', target(), [{ ...published, state: 'refused' }], {}],
  ['nothing', target(), [published], { lost: 1 }],
  ['a reference without bytes', target().holding(reference), [published], { half: 1 }],
  ['other bytes', target().holding(reference, { ...bytes, data: 'AAAA' }), [published], { corrupted: 1 }],
  ['two references', target().holding(reference, { ...reference, id: 'd2' }, bytes), [published], { duplicated: 1 }],
  [
    'a reference of another patient',
    target().holding({ ...reference, subject: { reference: 'Patient/p9' } }, bytes),
    [published],
    { corrupted: 1 },
  ],
]

judges([['a document', documents]])

test('what somebody was shown of another is a finding, also of a row that wrote nothing', async () => {
  const shown = { patient: 'p1', shown: 'DocumentReference/d7', owner: 'Patient/p7' }
  const found = await run(target(), [{ ...row(1), disclosures: [shown] }])
  expect(found).toMatchObject({ ...none, disclosed: 1, intended: 0, complete: true })
  expect(found.examples).toMatchObject([
    { kind: 'disclosed', expected: 'nothing but what is of Patient/p1', found: 'DocumentReference/d7 of Patient/p7' },
  ])
})
