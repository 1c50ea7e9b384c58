import { slotId } from '../generators/fhir/naming.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { agendaPage, ofAgenda } from './lib/agenda.ts'
import { namespace } from './lib/settings.ts'
import { sendBatch } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'

/** All slots of the agenda, a page. */
const agenda = (visit: Visit): StepOutcome =>
  visit.request({ method: 'GET', path: `Slot?${ofAgenda(visit)}&_count=${agendaPage}` }).outcome

/** Each slot of the agenda, up to the one that the plan has given the row, and who is in it: one batch. */
const audit = (visit: Visit): StepOutcome => {
  const { place } = visit.turn
  const ids = Array.from({ length: (place?.slot ?? 0) + 1 }, (_, slot) => slotId(namespace, place?.agenda ?? 0, slot))
  const urls = ids.flatMap((id) => [`Slot/${id}`, `Appointment?slot=Slot/${id}`])
  const entry = urls.map((url) => ({ request: { method: 'GET', url } }))
  return sendBatch(visit, entry).outcome
}

/** An accredited provider's software compares its agenda with the region's, once a night. */
export const partnerNight: Journey = { agenda, audit }
