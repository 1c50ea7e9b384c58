import { rowIdentifier, taskId, taskIdentifier } from '../generators/fhir/naming.ts'
import { takeChargePatch } from '../generators/fhir/transactions.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { patientOf } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace } from './lib/settings.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'
import { prescription } from './steps/identify.ts'

/** Turns requested into accepted by this desk, which only one desk can do. */
const take = (visit: Visit): StepOutcome => {
  const { stream, row, patient } = visit.turn
  return ledgered(visit, 'take-charge', {
    about: [{ identifier: taskIdentifier(namespace, patient), patient: patientOf(visit), slot: '' }],
    send: () =>
      visit.request({
        method: 'PATCH',
        path: `Task/${taskId(namespace, patient)}`,
        body: JSON.stringify(takeChargePatch(rowIdentifier(namespace, stream.name, row))),
        contentType: 'application/json-patch+json',
        contended: true,
      }),
  }).outcome
}

/** A desk takes a prescription in charge, which nobody else can then use. */
export const takeCharge: Journey = { prescription, 'take-charge': take }
