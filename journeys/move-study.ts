import { studyOfKey } from '../generators/imaging/archive.ts'
import { seriesUid, studyUid } from '../generators/imaging/uids.ts'
import { patientOf } from './lib/about.ts'
import { referencedCount } from './lib/dicom-json.ts'
import { imageSize } from './lib/image-templates.ts'
import { tell } from './lib/ledgered.ts'
import { isWholeSeries, retrieval } from './lib/retrieve.ts'
import { storedKey } from './lib/stored-key.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'
import { storedState } from './store-study.ts'

/** Some images of a study, of one series. */
interface Series {
  readonly first: number
  readonly count: number
}

/** Series after series is read from the old side and stored, as it came, on the new one. */
const move = (visit: Visit): StepEnding => {
  const { kind, instances } = studyOfKey(storedKey(visit), imageSize)
  for (let first = 0; first < instances; first += kind.perSeries) {
    const outcome = moveSeries(visit, { first, count: Math.min(kind.perSeries, instances - first) })
    if (outcome !== 'ok') return outcome
  }
  return 'ok'
}

const moveSeries = (visit: Visit, { first, count }: Series): StepEnding => {
  const study = storedKey(visit)
  const { perSeries } = studyOfKey(study, imageSize).kind
  const read = visit.request(
    {
      ...retrieval,
      system: 'archive',
      path: `studies/${studyUid(study)}/series/${seriesUid(study, first / perSeries)}`,
      areSound: isWholeSeries(study, count),
      closes: true,
    },
    'read-old',
  )
  const isCatchingUp = study.stream !== visit.turn.stream.ordinal
  // The old side refused it: there is nothing to move. What it had confirmed is read back there.
  if (isCatchingUp && read.status === 404) return 'declined'
  if (read.outcome !== 'ok' || !read.bytes) return read.outcome
  const about = [{ identifier: `${studyUid(study)}.${first}`, patient: patientOf(visit), slot: '', parts: count }]
  tell(visit, 'move-images', { state: 'intended', about })
  const answer = visit.request({
    method: 'POST',
    path: 'studies',
    body: new Uint8Array(read.bytes),
    contentType: read.contentType,
    accept: 'application/dicom+json',
    mediaType: 'json',
    isSound: (body) => referencedCount(body) === count,
    closes: true,
  })
  tell(visit, 'move-images', { state: storedState(answer), about })
  return answer.outcome
}

/** A study is moved from the archive that is left behind. */
export const moveStudy: Journey = { move }
