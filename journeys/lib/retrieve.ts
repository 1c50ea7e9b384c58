import crypto from 'k6/crypto'
import { archivedPatientOf, archivedStudies, archiveKey, studyOfKey } from '../../generators/imaging/archive.ts'
import { stampOf } from '../../generators/imaging/image-template.ts'
import { pixelBytesOf } from '../../generators/imaging/study.ts'
import { instanceUid, runDigits, type StudyKey, seriesUid, studyUid } from '../../generators/imaging/uids.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { imageSize, imageSystemOf, pixelDigestOf } from './image-templates.ts'
import { namespace, plan } from './settings.ts'
import type { Visit } from './visit.ts'

/** Keys of the studies of the patient whose images a row asks for, the one to be read first. */
export const archivedKeys = ({ turn }: Visit): readonly [StudyKey, ...StudyKey[]] => {
  const patient = archivedPatientOf(turn.seed)
  const run = { run: runDigits(namespace), seed: plan.seed }
  const earlier = Array.from({ length: archivedStudies(patient) - 1 }, (_, nth) => archiveKey(run, patient, nth + 1))
  return [archiveKey(run, patient, 0), ...earlier]
}

/** What a part has besides the pixels: its head, and a header that some servers write anew. */
const mostHeaderBytes = 8192

/** A request for images. */
export const retrieval = {
  method: 'GET',
  accept: 'multipart/related; type="application/dicom"; transfer-syntax=*',
  mediaType: 'multipart/related',
} as const

/** The first image of a study; its pixels must be those that were stored, bit for bit. */
export const retrieveFirst = (visit: Visit, key: StudyKey): StepOutcome =>
  visit.request({
    ...retrieval,
    system: imageSystemOf(visit.turn),
    path: `studies/${studyUid(key)}/series/${seriesUid(key, 0)}/instances/${instanceUid(key, 0)}`,
    areSound: (bytes) => pixelDigest(bytes, key) === pixelDigestOf(key.row, key.nth),
    closes: true,
  }).outcome

/** SHA-256 of the pixels in a part: they begin with the stamp of the image, wherever the server puts them. */
const pixelDigest = (bytes: ArrayBuffer, key: StudyKey): string => {
  const { kind } = studyOfKey(key, imageSize)
  const at = indexOf(new Uint8Array(bytes, 0, Math.min(bytes.byteLength, mostHeaderBytes)), stampOf(key, 0))
  return at < 0 ? '' : crypto.sha256(bytes.slice(at, at + pixelBytesOf(kind, imageSize)), 'hex')
}

const indexOf = (bytes: Uint8Array, wanted: Uint8Array, from = 0): number => {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1
    while (same < wanted.length && bytes[at + same] === wanted[same]) same++
    if (same === wanted.length) return at
  }
  return -1
}

/** Every image of a study, series after series; the first that does not come whole ends it. */
export const retrieveStudy = (visit: Visit, key: StudyKey): StepOutcome => {
  const { kind, instances } = studyOfKey(key, imageSize)
  for (let first = 0; first < instances; first += kind.perSeries) {
    const count = Math.min(kind.perSeries, instances - first)
    const outcome = visit.request({
      ...retrieval,
      system: imageSystemOf(visit.turn),
      path: `studies/${studyUid(key)}/series/${seriesUid(key, first / kind.perSeries)}`,
      areSound: isWholeSeries(key, count),
      closes: first + count === instances,
    }).outcome
    if (outcome !== 'ok') return outcome
  }
  return 'ok'
}

/** As many images as there have to be, up to the final boundary: some servers give no length by which a cut would show. */
export const isWholeSeries =
  (key: StudyKey, count: number) =>
  (bytes: ArrayBuffer): boolean => {
    const size = bytes.byteLength
    const pixelBytes = pixelBytesOf(studyOfKey(key, imageSize).kind, imageSize)
    if (size < count * pixelBytes || size > count * (pixelBytes + mostHeaderBytes)) return false
    // Headers are as large as small pixels: the parts themselves are counted.
    if (imageSize === 'small' && partsIn(new Uint8Array(bytes)) !== count) return false
    return /--\s*$/.test(String.fromCharCode(...new Uint8Array(bytes, size - 4)))
  }

/** Parts of a `multipart/related` body, by the boundary that it begins with. */
const partsIn = (bytes: Uint8Array): number => {
  const lineBreak = 13
  const boundary = bytes.subarray(0, bytes.indexOf(lineBreak))
  let parts = 0
  for (let at = 0; at >= 0; at = indexOf(bytes, boundary, at + 1)) parts++
  // The last one closes the body.
  return parts - 1
}
