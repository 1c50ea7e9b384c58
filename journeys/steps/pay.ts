import { invoiceResource } from '../../generators/fhir/invoice.ts'
import { invoiceId, systems } from '../../generators/fhir/naming.ts'
import { statusPatch } from '../../generators/fhir/transactions.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { aboutRow, identifierOf, patientOf } from '../lib/about.ts'
import { ledgered } from '../lib/ledgered.ts'
import { namespace } from '../lib/settings.ts'
import type { Visit } from '../lib/visit.ts'
import type { StepEnding } from '../lib/walk.ts'

const invoiceQuery = (visit: Visit): string =>
  `identifier=${encodeURIComponent(`${systems.payment}|${identifierOf(visit)}`)}`

/** Finds the payment position by its number. */
export const position = (visit: Visit): StepEnding => {
  const answer = visit.request({ method: 'GET', path: `Invoice?${invoiceQuery(visit)}` })
  return answer.outcome === 'ok' && !answer.body.includes('"entry"') ? 'blocked' : answer.outcome
}

/** Pays an open position; it can be paid once. */
export const payPosition = (visit: Visit): StepOutcome =>
  ledgered(visit, 'pay', {
    about: [aboutRow(visit)],
    send: () =>
      visit.request({
        method: 'PATCH',
        path: `Invoice/${invoiceId(namespace, visit.turn.stream.name, visit.turn.row)}`,
        body: JSON.stringify(statusPatch('issued', 'balanced')),
        contentType: 'application/json-patch+json',
        contended: true,
      }),
  }).outcome

/** A desk cashes the ticket of what it has booked; who is exempt has none. */
export const payTicket = (visit: Visit): StepOutcome => {
  if (!visit.turn.isTicketDue) return 'ok'
  const identifier = identifierOf(visit)
  const invoice = invoiceResource({ namespace, identifier, patient: patientOf(visit), status: 'balanced' })
  return ledgered(visit, 'pay', {
    about: [aboutRow(visit)],
    send: () =>
      visit.request({
        method: 'POST',
        path: 'Invoice',
        body: JSON.stringify(invoice),
        contentType: 'application/fhir+json',
        ifNoneExist: invoiceQuery(visit),
      }),
  }).outcome
}
