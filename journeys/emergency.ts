import { eventTransaction, partsOf } from '../generators/fhir/emergency-transactions.ts'
import { encounterId, eventIdentifier, rowIdentifier } from '../generators/fhir/naming.ts'
import { patientOf } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace } from './lib/settings.ts'
import { sendTransaction, toBase64 } from './lib/transaction.ts'
import type { Answer, Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'
import { identify } from './steps/identify.ts'

/** Answers that tell that something is not there. */
const missingStatuses: readonly number[] = [404, 410]

/** Number and identifier of the access that the row is a part of. */
const accessOf = ({ turn }: Visit) => {
  const { stream, episode } = turn
  if (!episode) throw new Error(`expected an episode in a row of ${stream.name}, got none`)
  return { ...episode, identifier: rowIdentifier(namespace, stream.name, episode.number) }
}

/** The clinician, or the laboratory, opens the access. */
const chart = (visit: Visit): StepEnding => {
  const { number } = accessOf(visit)
  const path = `Encounter/${encounterId(namespace, visit.turn.stream.name, number)}`
  return endingOf(visit.request({ method: 'GET', path }))
}

/** Enters the event; who finds the access otherwise than it must be leaves it as it is. */
const enter = (visit: Visit): StepEnding => {
  const { event } = visit
  const { number, identifier, care } = accessOf(visit)
  const patient = patientOf(visit)
  const send = () =>
    sendTransaction(
      visit,
      eventTransaction(
        {
          namespace,
          stream: visit.turn.stream.name,
          number,
          identifier,
          patient,
          episode: care,
          event,
          at: new Date().toISOString(),
        },
        toBase64,
      ),
      { contended: event.kind !== 'register' },
    )
  const about = [{ identifier: eventIdentifier(identifier, event.name), patient, slot: '', parts: partsOf(event) }]
  return endingOf(ledgered(visit, event.kind, { about, send }))
}

/** What is not there, or stands otherwise than the event needs it, is so because an event before it has failed. */
const endingOf = ({ outcome, status }: Answer): StepEnding =>
  outcome === 'lost-race' || missingStatuses.includes(status) ? 'blocked' : outcome

/** What is entered about an access to an emergency department, an event or a few at a time, by whoever is there. */
export const emergency: Journey = {
  identify,
  chart,
  register: enter,
  triage: enter,
  visit: enter,
  order: enter,
  result: enter,
  report: enter,
  close: enter,
  'take-over': enter,
  leave: enter,
}
