import encoding from 'k6/encoding'
import { tooManyBytes } from '../generators/batch-sizes.ts'
import { documentId, rowIdentifier } from '../generators/fhir/naming.ts'
import { patientOf } from './lib/about.ts'
import { namespace, target } from './lib/settings.ts'
import type { Answer, Request, Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

/** A token that ended in 1970, and that nobody has signed. */
const expired = `Bearer 1000.${encoding.b64encode('collaudo')}.${encoding.b64encode('nobody has signed this')}`

/** What was shown to somebody who may see nothing is told at once. */
const mustBeRefused = (visit: Visit, answer: Answer, shown: string): StepEnding => {
  if (answer.outcome === 'ok') visit.disclose({ patient: '', shown, owner: `Patient/${patientOf(visit)}` })
  return answer.outcome
}

const documents: Request = { method: 'GET', path: 'DocumentReference?_count=20' }

/** A document that another patient has in the health record. */
const othersReport = (visit: Visit): StepEnding => {
  const { stream, row } = visit.turn
  const path = `Binary/${documentId(namespace, `${rowIdentifier(namespace, stream.name, row)}.0`)}`
  return mustBeRefused(visit, visit.knock({ method: 'GET', path, accept: 'application/pdf' }, expired), path)
}

/** Names and secrets that were stolen elsewhere; a target that gives no tokens has nothing to guess. */
const stuffing = (visit: Visit): StepEnding => {
  if (target.auth.kind !== 'client-credentials') return 'declined'
  const guess = `Basic ${encoding.b64encode(`collaudo:${visit.turn.seed}`)}`
  const body = 'grant_type=client_credentials'
  const request: Request = { method: 'POST', path: '', body, contentType: 'application/x-www-form-urlencoded' }
  return mustBeRefused(visit, visit.knock(request, guess, target.auth.tokenUrl), 'a token')
}

/** More than a system has to take, from somebody who may write. */
const oversized = (visit: Visit): StepEnding =>
  visit.request({
    method: 'POST',
    path: 'Binary',
    contentType: 'application/fhir+json',
    body: JSON.stringify({ resourceType: 'Binary', contentType: 'text/plain', data: 'A'.repeat(tooManyBytes) }),
  }).outcome

/** Somebody tries to get what is another's, or to get in the way; being refused is how it has to end. */
export const attack: Journey = {
  'no-token': (visit) => mustBeRefused(visit, visit.knock(documents, ''), documents.path),
  'expired-token': (visit) => mustBeRefused(visit, visit.knock(documents, expired), documents.path),
  'others-report': othersReport,
  stuffing,
  oversized,
}
