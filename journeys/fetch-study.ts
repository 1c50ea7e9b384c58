import { patientOf } from './lib/about.ts'
import { retrieveStudy } from './lib/retrieve.ts'
import { storedKey } from './lib/stored-key.ts'
import type { Journey } from './lib/walk.ts'
import { findStudiesOf } from './read-study.ts'

/** The hospital that a patient has been brought to fetches the images that were taken in the first one. */
export const fetchStudy: Journey = {
  find: (visit) => findStudiesOf(visit, patientOf(visit), [storedKey(visit)]),
  images: (visit) => retrieveStudy(visit, storedKey(visit)),
}
