import type { StepOutcome } from '../../model/outcome.ts'
import { aboutSlots } from '../lib/about.ts'
import { findAppointment } from '../lib/find-appointment.ts'
import { tell } from '../lib/ledgered.ts'
import { target } from '../lib/settings.ts'
import type { Visit } from '../lib/visit.ts'

const pauseMs = 500

/**
 * Reads the booking once more to print it or to send it as a message. It must be found as booked within the time that the target is
 * given after the confirmation; until then it is looked for again.
 */
export const memo = (visit: Visit): StepOutcome => {
  const untilMs = visit.progress.bookedMs + target.consistencyWithinMs
  for (;;) {
    const askedMs = visit.nowMs
    const { outcome, appointment } = findAppointment(visit)
    if (outcome !== 'ok' || appointment?.status === 'booked') return outcome
    if (askedMs >= untilMs) break
    visit.wait(Math.min(pauseMs, untilMs - askedMs))
  }
  tell(visit, 'book', { state: 'unseen', about: aboutSlots(visit).slice(0, 1) })
  return 'ok'
}
