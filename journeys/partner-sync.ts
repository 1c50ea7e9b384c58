import { slotsPerDelta } from '../generators/batch-sizes.ts'
import { scheduleId, slotId } from '../generators/fhir/naming.ts'
import { slotResource } from '../generators/fhir/schedule.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { agendaPage, ofAgenda } from './lib/agenda.ts'
import { namespace } from './lib/settings.ts'
import { sendBatch } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'

const minuteMs = 60_000
/** New slots are far enough ahead for any priority class that waits at least ten days. Assumption. */
const aheadMs = 5 * 1440 * minuteMs

/** Puts the agenda's new slots in: each has an id of ours, so a second time changes nothing. They are offered in the area of the row's patient. */
const push = (visit: Visit): StepOutcome => {
  const slots = Array.from({ length: slotsPerDelta }, (_, index) => newSlot(visit, index))
  const entry = slots.map((resource) => ({ resource, request: { method: 'PUT', url: `Slot/${resource.id}` } }))
  return sendBatch(visit, entry).outcome
}

const newSlot = ({ turn }: Visit, index: number) => {
  const { agenda = 0, slot = 0 } = turn.place ?? {}
  const startUnixMs = Math.floor(Date.now() / minuteMs) * minuteMs + aheadMs + index * 20 * minuteMs
  const { area, service, priority } = turn
  const visit = turn.visit === 'FOLLOWUP' ? 'FOLLOWUP' : 'ROUTINE'
  return slotResource(
    { namespace, id: scheduleId(namespace, agenda), structure: 0, area, service, priority, visit },
    {
      id: `${slotId(namespace, agenda, slot)}-n${turn.row}-${index}`,
      status: 'free',
      start: new Date(startUnixMs).toISOString(),
      end: new Date(startUnixMs + 20 * minuteMs).toISOString(),
    },
  )
}

/** What was booked in the agenda from outside. */
const pull = (visit: Visit): StepOutcome =>
  visit.request({ method: 'GET', path: `Slot?${ofAgenda(visit)}&status=busy&_count=${agendaPage}` }).outcome

/** An accredited provider's software tells which slots are new and asks which were booked. */
export const partnerSync: Journey = { push, pull }
