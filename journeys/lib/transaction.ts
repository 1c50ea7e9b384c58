import encoding from 'k6/encoding'
import { hasFailedEntry } from './fhir-r4.ts'
import type { Answer, Request, Visit } from './visit.ts'

export const toBase64 = (ascii: string): string => encoding.b64encode(ascii)

/** Sends a transaction; `contended`: exactly one of many can win, and a refusal means that somebody else has. */
export const sendTransaction = (visit: Visit, transaction: object, { contended } = { contended: true }): Answer =>
  visit.request({
    method: 'POST',
    path: '',
    body: JSON.stringify(transaction),
    contentType: 'application/fhir+json',
    contended,
  })

/** Sends a batch, whose entries stand alone: one that failed makes the request fail, and so does an answer that is not sound. */
export const sendBatch = (
  visit: Visit,
  entry: readonly object[],
  { isSound = () => true, closes = false }: Pick<Request, 'isSound' | 'closes'> = {},
): Answer =>
  visit.request({
    method: 'POST',
    path: '',
    body: JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }),
    contentType: 'application/fhir+json',
    isSound: (answer) => !hasFailedEntry(answer) && isSound(answer),
    closes,
  })
