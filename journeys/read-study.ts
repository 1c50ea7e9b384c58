import { patientId } from '../generators/fhir/naming.ts'
import { archivedPatientOf, archivedPerson, studyOfKey } from '../generators/imaging/archive.ts'
import { type StudyKey, studyUid } from '../generators/imaging/uids.ts'
import { foundStudies, strangersIn } from './lib/dicom-json.ts'
import { imageSize, imageSystemOf } from './lib/image-templates.ts'
import { archivedKeys, retrieveFirst, retrieveStudy } from './lib/retrieve.ts'
import { plan } from './lib/settings.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

const search = { method: 'GET', accept: 'application/dicom+json', mediaType: 'json', closes: true } as const

/** What waits to be read of one modality. */
const worklist = (visit: Visit): StepEnding => {
  const [key] = archivedKeys(visit)
  const { modality } = studyOfKey(key, imageSize).kind
  return visit.request({
    ...search,
    system: imageSystemOf(visit.turn),
    path: `studies?ModalitiesInStudy=${modality}&limit=25`,
    // One of the archive is always among them.
    isSound: (body) => foundStudies(body).length > 0,
  }).outcome
}

/** All studies of the patient, of whom these lie ready. */
export const findStudies = (visit: Visit): StepEnding =>
  findStudiesOf(visit, patientId(plan.seed, archivedPerson(archivedPatientOf(visit.turn.seed))), archivedKeys(visit))

/** All studies of a patient; where a wanted one is not among them the row cannot go on. */
export const findStudiesOf = (visit: Visit, patient: string, wanted: readonly StudyKey[]): StepEnding => {
  const answer = visit.request({ ...search, system: imageSystemOf(visit.turn), path: `studies?PatientID=${patient}` })
  if (answer.outcome !== 'ok') return answer.outcome
  for (const { study, owner } of strangersIn(answer.body, patient))
    visit.disclose({ patient, shown: `study ${study}`, owner })
  const found = foundStudies(answer.body)
  return wanted.every((key) => found.includes(studyUid(key))) ? 'ok' : 'blocked'
}

/** The study to be read, whole. */
export const readImages = (visit: Visit): StepEnding => retrieveStudy(visit, archivedKeys(visit)[0])

/** The earlier ones, to compare. */
const priors = (visit: Visit): StepEnding => {
  const [, ...earlier] = archivedKeys(visit)
  for (const key of earlier) {
    const outcome = retrieveStudy(visit, key)
    if (outcome !== 'ok') return outcome
  }
  return 'ok'
}

/** A radiologist reads a study and compares it with earlier ones. */
export const readStudy: Journey = {
  worklist,
  find: findStudies,
  'first-image': (visit) => retrieveFirst(visit, archivedKeys(visit)[0]),
  images: readImages,
  priors,
}
