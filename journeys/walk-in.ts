import { systems } from '../generators/fhir/naming.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { aboutRow, identifierOf } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { newAppointment } from './lib/new-appointment.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'
import { identify, prescription } from './steps/identify.ts'

/** Enters the patient as arrived, without a slot. */
const admit = (visit: Visit): StepOutcome =>
  ledgered(visit, 'admit', {
    about: [aboutRow(visit)],
    send: () =>
      visit.request({
        method: 'POST',
        path: 'Appointment',
        body: JSON.stringify(newAppointment(visit, 'arrived')),
        contentType: 'application/fhir+json',
        ifNoneExist: `identifier=${encodeURIComponent(`${systems.appointment}|${identifierOf(visit)}`)}`,
      }),
  }).outcome

/** Somebody comes in the morning to have blood drawn, for which nobody books. */
export const walkIn: Journey = { identify, prescription, admit }
