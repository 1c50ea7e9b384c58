import type { FhirResource, Slot } from 'fhir/r4.js'
import { scheduleId, slotId } from '../generators/fhir/naming.ts'
import { type AgendaFacts, scheduleResource, slotResource } from '../generators/fhir/schedule.ts'
import { type Agenda, slotStartMinute } from '../planner/agendas.ts'

interface Dated {
  readonly namespace: string
  readonly dayZeroUnixMs: number
}

/** The schedules, or all the slots, of the agendas of a plan. */
export async function* agendaResources(
  dated: Dated,
  agendas: AsyncIterable<Agenda>,
  type: 'Schedule' | 'Slot',
): AsyncGenerator<FhirResource> {
  for await (const agenda of agendas) {
    const facts = factsOf(dated.namespace, agenda)
    if (type === 'Schedule') yield scheduleResource(facts)
    else yield* slotsOf(dated, agenda, facts)
  }
}

const factsOf = (namespace: string, { agenda, structure, area, service, priority, visit }: Agenda): AgendaFacts => ({
  namespace,
  id: scheduleId(namespace, agenda),
  structure,
  area,
  service,
  priority,
  visit,
})

const statuses = { f: 'free', t: 'busy-tentative', b: 'busy' } as const

function* slotsOf({ namespace, dayZeroUnixMs }: Dated, agenda: Agenda, facts: AgendaFacts): Generator<Slot> {
  for (const [index, letter] of [...agenda.slots].entries()) {
    const startUnixMs = dayZeroUnixMs + slotStartMinute(agenda, index) * 60_000
    yield slotResource(facts, {
      id: slotId(namespace, agenda.agenda, index),
      status: statuses[letter as keyof typeof statuses],
      start: new Date(startUnixMs).toISOString(),
      end: new Date(startUnixMs + agenda.slotMinutes * 60_000).toISOString(),
    })
  }
}
