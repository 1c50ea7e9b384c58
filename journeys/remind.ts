import { remindersPerPage } from '../generators/batch-sizes.ts'
import { systems } from '../generators/fhir/naming.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { namespace } from './lib/settings.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'

/** A page of booked appointments; the messages themselves leave by another system. */
const reminders = (visit: Visit): StepOutcome =>
  visit.request({
    method: 'GET',
    path: `Appointment?status=booked&_tag=${encodeURIComponent(`${systems.runTag}|${namespace}`)}&_count=${remindersPerPage}`,
  }).outcome

/** A job reads who is to be reminded. */
export const remind: Journey = { reminders }
