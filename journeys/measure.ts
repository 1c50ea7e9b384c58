import { systems } from '../generators/fhir/naming.ts'
import { homeObservation } from '../generators/fhir/televisit.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { aboutRow, identifierOf, patientOf } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace } from './lib/settings.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'

/** What the device has measured; a report that comes twice is kept once. */
const report = (visit: Visit): StepOutcome => {
  const identifier = identifierOf(visit)
  const value = 50 + Math.floor(visit.choose() * 70)
  const observation = homeObservation(
    { namespace, identifier, patient: patientOf(visit) },
    { at: new Date().toISOString(), value },
  )
  return ledgered(visit, 'measure', {
    about: [{ ...aboutRow(visit), parts: 1 }],
    send: () =>
      visit.request({
        method: 'POST',
        path: 'Observation',
        body: JSON.stringify(observation),
        contentType: 'application/fhir+json',
        ifNoneExist: `identifier=${encodeURIComponent(`${systems.event}|${identifier}`)}`,
      }),
  }).outcome
}

/** A device at home reports by itself. */
export const measure: Journey = { report }
