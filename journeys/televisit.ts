import { systems } from '../generators/fhir/naming.ts'
import { beginTelevisit, endTelevisit, type TelevisitFacts } from '../generators/fhir/televisit.ts'
import type { WriteKind } from '../model/outcome.ts'
import { aboutRow, identifierOf, patientOf } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace } from './lib/settings.ts'
import { sendTransaction, toBase64 } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

const factsOf = (visit: Visit): TelevisitFacts => ({
  namespace,
  identifier: identifierOf(visit),
  patient: patientOf(visit),
})

/** The physician opens the appointment of the next patient; without it the row cannot go on. */
const open = (visit: Visit): StepEnding => {
  const identifier = encodeURIComponent(`${systems.appointment}|${identifierOf(visit)}`)
  const answer = visit.request({ method: 'GET', path: `Appointment?identifier=${identifier}` })
  return answer.outcome === 'ok' && !answer.body.includes('"entry"') ? 'blocked' : answer.outcome
}

/** Sends a change of the visit that can be made once. */
const change = (visit: Visit, kind: WriteKind, of: typeof beginTelevisit): StepEnding =>
  ledgered(visit, kind, {
    about: [{ ...aboutRow(visit), parts: 1 }],
    send: () =>
      sendTransaction(visit, of(factsOf(visit), { at: new Date().toISOString(), toBase64 }), { contended: false }),
  }).outcome

/** A physician and a patient see each other over the network. */
export const televisit: Journey = {
  open,
  begin: (visit) => change(visit, 'begin-visit', beginTelevisit),
  end: (visit) => change(visit, 'end-visit', endTelevisit),
}
