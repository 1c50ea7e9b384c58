import { scheduleId } from '../../generators/fhir/naming.ts'
import { namespace } from './settings.ts'
import type { Visit } from './visit.ts'

/** Enough for all slots of an agenda, and not more than common servers give. */
export const agendaPage = 200

/** The search for what belongs to the agenda that a row is about. */
export const ofAgenda = ({ turn: { place } }: Visit): string =>
  `schedule=Schedule/${scheduleId(namespace, place?.agenda ?? 0)}`
