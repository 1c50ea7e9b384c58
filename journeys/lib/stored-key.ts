import { runDigits, type StudyKey } from '../../generators/imaging/uids.ts'
import { namespace } from './settings.ts'
import type { Visit } from './visit.ts'

/** The study that a row works on and that another row, or `prepare` for it, has stored. */
export const storedKey = ({ turn }: Visit): StudyKey => ({
  run: runDigits(namespace),
  stream: turn.storedBy?.stream ?? 0,
  row: turn.storedBy?.row ?? 0,
  nth: 0,
  seed: turn.seed,
})
