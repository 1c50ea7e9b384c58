import encoding from 'k6/encoding'
import { tooManyBytes } from '../generators/batch-sizes.ts'
import { documentId, rowIdentifier, runMeta } from '../generators/fhir/naming.ts'
import { patientOf } from './lib/about.ts'
import { namespace, target } from './lib/settings.ts'
import { endedAuthorization, needsToken } from './lib/token.ts'
import type { Answer, Request, Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

/** A token in the right form that nobody has signed, and that would have ended in 1970. */
const forged = `Bearer 1000.${encoding.b64encode('collaudo')}.${encoding.b64encode('nobody has signed this')}`

const documents: Request = { method: 'GET', path: 'DocumentReference?_count=20' }

/** A list may be answered, empty: what it shows counts. */
const mayNotList = (visit: Visit, authorization: string): StepEnding => {
  const answer = visit.knock(documents, authorization)
  const [, shown] = /"resourceType":\s*"DocumentReference"[^}]*?"id":\s*"([^"]+)"/.exec(answer.body) ?? []
  const [, owner = 'somebody'] = /"reference":\s*"([^"]*Patient\/[^"]+)"/.exec(answer.body) ?? []
  if (!isAnswered(answer) || shown === undefined) return refusedOr(answer)
  visit.disclose({ patient: '', shown: `DocumentReference/${shown}`, owner })
  return 'ok'
}

/**
 * A token that was the attacker's by right, and has ended; declined while it is still good. Whoever has none yet asks for
 * one, as everybody who has business there.
 */
const endedToken = (visit: Visit): StepEnding => {
  const ended = endedAuthorization()
  if (ended !== '') return mayNotList(visit, ended)
  if (needsToken()) visit.request({ ...documents, path: 'DocumentReference?_count=1' })
  return 'declined'
}

const isAnswered = ({ status }: Answer): boolean => status >= 200 && status < 300

/** An answer with nothing in it has let nobody in. */
const refusedOr = (answer: Answer): StepEnding => (isAnswered(answer) ? 'declined' : answer.outcome)

/** A document that another patient has in the health record, in whatever form it comes. */
const othersReport = (visit: Visit): StepEnding => {
  const { stream, row } = visit.turn
  const path = `Binary/${documentId(namespace, `${rowIdentifier(namespace, stream.name, row)}.0`)}`
  const answer = visit.knock({ method: 'GET', path, accept: 'application/pdf' }, forged)
  const isShown = isAnswered(answer) && answer.body !== '' && !/OperationOutcome|<html/i.test(answer.body.slice(0, 500))
  if (!isShown) return refusedOr(answer)
  visit.disclose({ patient: '', shown: path, owner: `Patient/${patientOf(visit)}` })
  return 'ok'
}

/** Names and secrets that were stolen elsewhere; a target that gives no tokens has nothing to guess. */
const stuffing = (visit: Visit): StepEnding => {
  if (target.auth.kind !== 'client-credentials') return 'declined'
  const guess = `Basic ${encoding.b64encode(`guess-${visit.turn.row}:${visit.turn.seed}`)}`
  const body = 'grant_type=client_credentials'
  const request: Request = { method: 'POST', path: '', body, contentType: 'application/x-www-form-urlencoded' }
  const answer = visit.knock(request, guess, target.auth.tokenUrl)
  if (!isAnswered(answer) || !answer.body.includes('access_token')) return refusedOr(answer)
  visit.disclose({ patient: '', shown: 'a token', owner: 'the token endpoint' })
  return 'ok'
}

/** More than a system has to take, from somebody who may write; it may be taken all the same. */
const oversized = (visit: Visit): StepEnding => {
  const data = 'A'.repeat(tooManyBytes)
  const binary = { resourceType: 'Binary', meta: runMeta(namespace), contentType: 'text/plain', data }
  const request: Request = {
    method: 'POST',
    path: 'Binary',
    body: JSON.stringify(binary),
    contentType: 'application/fhir+json',
  }
  return refusedOr(visit.request(request))
}

/** Somebody tries to get what is another's, or to get in the way; being refused is how it has to end. */
export const attack: Journey = {
  'no-token': (visit) => mayNotList(visit, ''),
  'forged-token': (visit) => mayNotList(visit, forged),
  'ended-token': endedToken,
  'others-report': othersReport,
  stuffing,
  oversized,
}
