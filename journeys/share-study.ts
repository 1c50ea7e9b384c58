import { studyOfKey } from '../generators/imaging/archive.ts'
import { studyUid } from '../generators/imaging/uids.ts'
import { imagesInSeries } from './lib/dicom-json.ts'
import { imageSize, imageSystemOf } from './lib/image-templates.ts'
import { archivedKeys } from './lib/retrieve.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'
import { findStudies, readImages } from './read-study.ts'

/** Which series the study has, and how many images: what a manifest tells. */
const manifest = (visit: Visit): StepEnding => {
  const [key] = archivedKeys(visit)
  const { instances } = studyOfKey(key, imageSize)
  return visit.request({
    method: 'GET',
    system: imageSystemOf(visit.turn),
    path: `studies/${studyUid(key)}/series`,
    accept: 'application/dicom+json',
    mediaType: 'json',
    isSound: (body) => imagesInSeries(body) === instances,
    closes: true,
  }).outcome
}

/** Another hospital fetches a study for a second opinion. */
export const shareStudy: Journey = { find: findStudies, manifest, images: readImages }
