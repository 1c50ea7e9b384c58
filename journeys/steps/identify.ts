import { systems } from '../../generators/fhir/naming.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import type { Visit } from '../lib/visit.ts'

/** Finds the citizen by codice fiscale. */
export const identify = (visit: Visit): StepOutcome =>
  lookUp(visit, `Patient?identifier=${encodeURIComponent(`${systems.fiscalCode}|${visit.turn.fiscalCode}`)}`)

/** Loads the electronic prescription by its number; recup asks the prescription system for it. */
export const prescription = (visit: Visit): StepOutcome =>
  lookUp(visit, `ServiceRequest?requisition=${encodeURIComponent(`${systems.nre}|${visit.turn.nre}`)}`)

/** A search that must find something; nothing found refuses the journey. */
const lookUp = (visit: Visit, path: string): StepOutcome => {
  const answer = visit.request({ method: 'GET', path })
  return answer.outcome === 'ok' && !answer.body.includes('"entry"') ? 'refused' : answer.outcome
}
