import { patientId, rowIdentifier } from '../../generators/fhir/naming.ts'
import { namespace, plan } from './settings.ts'
import type { About, Visit } from './visit.ts'

/** FHIR id of the row's patient. */
export const patientOf = ({ turn }: Visit): string => patientId(plan.seed, turn.patient)

/** What the row's appointment or payment is known by. An offer that was given back keeps its identifier: the next hold has another. */
export const identifierOf = ({ turn, progress }: Visit): string => {
  const identifier = rowIdentifier(namespace, turn.stream.name, turn.row)
  return progress.released === 0 ? identifier : `${identifier}.${progress.released + 1}`
}

/** What a write of the row's appointment or payment is about, where no slot is concerned. */
export const aboutRow = (visit: Visit): About => ({
  identifier: identifierOf(visit),
  patient: patientOf(visit),
  slot: '',
})

/** What a write of the row's appointment is about: each of its slots. */
export const aboutSlots = (visit: Visit): readonly About[] => {
  const about = aboutRow(visit)
  return visit.progress.slots.map((slot) => ({ ...about, slot }))
}
