import { stowContentType } from '../generators/imaging/stow-body.ts'
import { runDigits, type StudyKey, studyUid } from '../generators/imaging/uids.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { patientOf } from './lib/about.ts'
import { foundCount, referencedCount } from './lib/dicom-json.ts'
import { imageSystemOf, templateOf } from './lib/image-templates.ts'
import { tell } from './lib/ledgered.ts'
import { namespace, target } from './lib/settings.ts'
import { stowBody } from './lib/stow-body.ts'
import { studyOfTurn } from './lib/study-of-turn.ts'
import type { Answer, Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

const keyOf = ({ turn }: Visit): StudyKey => ({
  run: runDigits(namespace),
  stream: turn.stream.ordinal,
  row: turn.row,
  nth: 0,
  seed: turn.seed,
})

/** All images of the study, a few a request; the first request that does not store them all ends it. */
const store = (visit: Visit): StepEnding => {
  const { kind, instances } = studyOfTurn(visit.turn)
  const { perRequest } = templateOf(kind.modality)
  for (let first = 0; first < instances; first += perRequest) {
    const count = Math.min(perRequest, instances - first)
    const outcome = sendImages(visit, { first, count, closes: first + count === instances })
    if (outcome !== 'ok') return outcome
  }
  return 'ok'
}

interface Images {
  readonly first: number
  readonly count: number
  /** The actor pauses afterwards: some servers close what is idle for a second, and the next request would be lost. */
  readonly closes: boolean
}

const sendImages = (visit: Visit, { first, count, closes }: Images): StepOutcome => {
  const study = keyOf(visit)
  const patient = patientOf(visit)
  const about = [{ identifier: `${studyUid(study)}.${first}`, patient, slot: '', parts: count }]
  const system = imageSystemOf(visit.turn)
  const kind = system === 'archive' ? 'archive-images' : 'store-images'
  tell(visit, kind, { state: 'intended', about })
  const answer = visit.request({
    method: 'POST',
    system,
    path: 'studies',
    body: stowBody().of({ study, patient, first, count }),
    contentType: stowContentType,
    accept: 'application/dicom+json',
    mediaType: 'json',
    isSound: (body) => referencedCount(body) === count,
    closes,
  })
  tell(visit, kind, { state: storedState(answer), about })
  return answer.outcome
}

/** A server that did not take all of a body may have taken some of it, whatever it says; one that let nobody in has taken nothing. */
export const storedState = ({ outcome, status }: Answer) => {
  if (outcome === 'ok') return 'acknowledged'
  return status === 401 || status === 403 ? 'refused' : 'unknown'
}

const pauseMs = 500

/**
 * The modality asks whether the study is complete before it deletes its own copy. It must be so within the time that the target is
 * given; until then it asks again.
 */
const confirm = (visit: Visit): StepEnding => {
  const { instances } = studyOfTurn(visit.turn)
  const untilMs = visit.nowMs + target.consistencyWithinMs
  for (;;) {
    const askedMs = visit.nowMs
    const { outcome, body } = findStudy(visit)
    if (outcome !== 'ok' || foundCount(body) === instances) return outcome
    if (askedMs >= untilMs) return 'refused'
    visit.wait(Math.min(pauseMs, untilMs - askedMs))
  }
}

const findStudy = (visit: Visit): Answer =>
  visit.request({
    method: 'GET',
    system: imageSystemOf(visit.turn),
    path: `studies?StudyInstanceUID=${studyUid(keyOf(visit))}&includefield=00201208`,
    accept: 'application/dicom+json',
    mediaType: 'json',
    closes: true,
  })

/** A modality sends a study to the archive. */
export const storeStudy: Journey = { store, confirm }
