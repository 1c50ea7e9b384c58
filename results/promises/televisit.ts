import { keyOf, type StoredResource } from '../read-identified.ts'
import type { Kept, Promised } from './promise.ts'

interface Visit {
  readonly encounters: readonly StoredResource[]
  readonly appointments: readonly StoredResource[]
}

const visitOf = ({ write, stored }: Kept): Visit => {
  const found = stored.identified.get(keyOf(write)) ?? []
  const ofType = (type: string) => found.filter(({ reference }) => reference.startsWith(`${type}/`))
  return { encounters: ofType('Encounter'), appointments: ofType('Appointment') }
}

/** A change of a televisit, which is one of its encounter and one of its appointment: both or none. */
const changed = (encounter: readonly string[], appointment: readonly string[]): Promised => {
  const isIn = (statuses: readonly string[]) => (resource: StoredResource) => statuses.includes(resource.status)
  return {
    hasLanded: (kept) => visitOf(kept).encounters.some(isIn(encounter)),
    suspect(kept) {
      const { write } = kept
      const { encounters, appointments } = visitOf(kept)
      const expected = `one Encounter ${encounter.join(' or ')}, the Appointment ${appointment.join(' or ')}, of Patient/${write.patient}`
      if ([...encounters, ...appointments].some(({ patient }) => patient !== write.patient))
        return { kind: 'corrupted', expected }
      if (encounters.length > 1) return { kind: 'duplicated', expected }
      const halves = [encounters.some(isIn(encounter)), appointments.some(isIn(appointment))]
      if (halves.every(Boolean)) return undefined
      if (halves.some(Boolean)) return { kind: 'half', expected }
      return write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
    },
  }
}

/** A televisit that has begun is under way, or over by now. */
export const begunVisit: Promised = changed(['in-progress', 'finished'], ['arrived', 'fulfilled'])

/** A televisit that has ended is over, and its appointment kept. */
export const endedVisit: Promised = changed(['finished'], ['fulfilled'])
