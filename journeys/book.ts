import { appointmentIdentifier, patientId, preparedAppointmentId, slotId } from '../generators/fhir/naming.ts'
import type { JourneyOutcome } from '../model/outcome.ts'
import { confirm } from './lib/confirm.ts'
import { endingOf } from './lib/fhir-r4.ts'
import { hold } from './lib/hold.ts'
import { identify, loadPrescription } from './lib/identify.ts'
import { search } from './lib/search.ts'
import { namespace, plan } from './lib/settings.ts'
import type { Visit } from './lib/visit.ts'

/** Slots somebody tries when others are quicker, before giving up. Assumption. */
const attempts = 3

/** A citizen books by phone (an operator types) or on the web: identify, prescription, search, hold, book. */
export const book = (visit: Visit): JourneyOutcome => {
  const opening = open(visit)
  if (opening !== 'ok') return endingOf(opening)
  const about = {
    identifier: appointmentIdentifier(namespace, visit.turn.stream.name, visit.turn.row),
    patient: patientId(plan.seed, visit.turn.patient),
  }
  if (!visit.reaches('hold')) {
    return confirm(visit, {
      ...about,
      slot: placedSlot(visit),
      id: preparedAppointmentId(namespace, visit.turn.stream.name, visit.turn.row),
    })
  }
  return choose(visit, about)
}

/** The steps before a slot is looked for. */
const open = (visit: Visit) => {
  const steps = [
    ['identify', identify],
    ['prescription', loadPrescription],
  ] as const
  for (const [step, run] of steps) {
    if (!visit.reaches(step)) continue
    const outcome = run(visit)
    if (outcome !== 'ok') return outcome
    visit.think(step)
  }
  return 'ok'
}

/** Takes slots until one is held. A search that the row has behind it gave the slot of the plan. */
const choose = (visit: Visit, about: { identifier: string; patient: string }): JourneyOutcome => {
  let slot = visit.reaches('search') ? '' : placedSlot(visit)
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (slot === '') {
      const offer = search(visit)
      if (offer.outcome !== 'ok') return endingOf(offer.outcome)
      slot = offer.slot
    }
    const held = hold(visit, { ...about, slot })
    if (held.outcome === 'ok') {
      visit.think('hold')
      return confirm(visit, { ...about, slot, id: held.id })
    }
    if (held.outcome !== 'lost-race') return endingOf(held.outcome)
    slot = ''
  }
  return 'lost-race'
}

const placedSlot = (visit: Visit): string => {
  const { place } = visit.turn
  return place ? slotId(namespace, place.agenda, place.slot) : ''
}
