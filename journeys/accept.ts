import { statusPatch } from '../generators/fhir/transactions.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { aboutRow } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'
import { lookup } from './steps/lookup.ts'

/** Turns booked into arrived, which only one desk can do. */
const arrive = (visit: Visit): StepOutcome =>
  ledgered(visit, 'accept', {
    about: [aboutRow(visit)],
    send: () =>
      visit.request({
        method: 'PATCH',
        path: `Appointment/${visit.progress.appointmentId}`,
        body: JSON.stringify(statusPatch('booked', 'arrived')),
        contentType: 'application/json-patch+json',
        contended: true,
      }),
  }).outcome

/** A clerk, or a provider's software, checks a booked patient in. */
export const accept: Journey = { lookup, accept: arrive }
