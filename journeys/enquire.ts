import type { StepOutcome } from '../model/outcome.ts'
import { patientOf } from './lib/about.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'
import { identify } from './steps/identify.ts'

/** All appointments of the citizen. */
const list = (visit: Visit): StepOutcome =>
  visit.request({ method: 'GET', path: `Appointment?patient=Patient/${patientOf(visit)}` }).outcome

/** Somebody only asks when it was. */
export const enquire: Journey = { identify, list }
