import dicomParser from 'dicom-parser'
import { stampBytes } from '../generators/imaging/image-template.ts'
import { keyOfUid, type StudyKey, studyUid } from '../generators/imaging/uids.ts'
import type { ExpectedImages } from './expected-images.ts'
import type { StoredResource } from './read-identified.ts'

/** The study that an image was asked for of. */
export type StudyOfImage = StudyKey & { readonly modality: string; readonly patient: string }

/** What came of an image: its number in the study (−1 for one that is not ours), and whether it is what it must be. */
export type ComparedImage = StoredResource & { readonly instance: number }

/**
 * Compares a DICOM file with what it must be. A server may write the header anew, so where the files differ the pixels and
 * the patient count, and they must be the same bit for bit.
 */
export const compareImage = (bytes: Buffer, expected: ExpectedImages, study: StudyOfImage): ComparedImage => {
  const told = headOf(bytes)
  const known = keyOfUid(told.instance)
  if (!known || studyUid(known.key) !== studyUid(study)) {
    return { instance: -1, reference: `instance ${told.instance}`, status: 'altered', patient: told.patient }
  }
  const instance = known.number
  const { modality, patient } = study
  const wanted = expected.image(modality, { study, patient, instance })
  const { offset, sizeBytes } = expected.template(modality).pixels
  const isIntact =
    bytes.equals(wanted) ||
    bytes.subarray(told.pixelsAt, told.pixelsAt + sizeBytes).equals(wanted.subarray(offset, offset + sizeBytes))
  return {
    instance,
    reference: `instance ${told.instance}`,
    status: isIntact ? 'intact' : 'altered',
    patient: told.patient,
  }
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
