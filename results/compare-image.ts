import dicomParser from 'dicom-parser'
import { stampBytes } from '../generators/imaging/image-template.ts'
import { keyOfUid, type StudyKey, studyUid } from '../generators/imaging/uids.ts'
import type { ExpectedImages } from './expected-images.ts'

/** The study that an image was asked for of. */
export type StudyOfImage = StudyKey & { readonly modality: string; readonly patient: string }

/** What came of an image: its number in the study (undefined for one of another), and whether it is what it must be. */
export interface ComparedImage {
  readonly number: number | undefined
  readonly instance: string
  readonly patient: string
  readonly isIntact: boolean
}

/**
 * Compares a DICOM file with what it must be. A server may write the header anew, so where the files differ the pixels and
 * the patient count, and they must be the same bit for bit.
 */
export const compareImage = (bytes: Buffer, expected: ExpectedImages, study: StudyOfImage): ComparedImage => {
  const { instance, patient, pixelsAt } = headOf(bytes)
  const known = keyOfUid(instance)
  if (!known || studyUid(known.key) !== studyUid(study)) {
    return { number: undefined, instance, patient, isIntact: false }
  }
  const { modality } = study
  const wanted = expected.image(modality, { study, patient: study.patient, instance: known.number })
  const { offset, sizeBytes } = expected.template(modality).pixels
  const isIntact =
    bytes.equals(wanted) ||
    bytes.subarray(pixelsAt, pixelsAt + sizeBytes).equals(wanted.subarray(offset, offset + sizeBytes))
  return { number: known.number, instance, patient, isIntact }
}

interface Head {
  readonly instance: string
  readonly patient: string
  readonly pixelsAt: number
}

const nothing: Head = { instance: '', patient: '', pixelsAt: 0 }

const headOf = (bytes: Uint8Array): Head => {
  if (bytes.length < 2 * stampBytes) return nothing
  try {
    const dataset = dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' })
    return {
      instance: dataset.string('x00080018') ?? '',
      patient: dataset.string('x00100020') ?? '',
      pixelsAt: dataset.elements['x7fe00010']?.dataOffset ?? 0,
    }
  } catch {
    return nothing
  }
}
