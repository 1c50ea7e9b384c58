import { rowDraws } from '../row-draws.ts'
import { rowUniform } from '../row-uniform.ts'
import { accessionNumber, instanceUid, patientName, type StudyKey, seriesUid, studyUid } from './uids.ts'

/** Fields of an image that differ from image to image; each has a fixed length. */
export const imageFields = [
  'metaInstanceUid',
  'instanceUid',
  'seriesUid',
  'studyUid',
  'patientId',
  'patientName',
  'accession',
  'seriesNumber',
  'instanceNumber',
] as const
export type ImageField = (typeof imageFields)[number]

/** A DICOM file of a kind, and where in it what differs is. Bytes. */
export interface ImageTemplate {
  readonly modality: string
  readonly sizeBytes: number
  readonly pixels: { readonly offset: number; readonly sizeBytes: number }
  readonly perSeries: number
  readonly perRequest: number
  readonly offsets: Readonly<Record<ImageField, number>>
}

/** A template as it lies beside a plan: where its file begins in the file of them all. */
export interface PlacedTemplate extends ImageTemplate {
  readonly at: number
}

/** Widths of numbers (IS) and of the patient's identifier (LO), bytes. */
export const numberBytes = 8
export const patientIdBytes = 32

/** Which image of which study it is. */
export interface ImageKey {
  readonly study: StudyKey
  readonly patient: string
  /** From 0, counted over the whole study. */
  readonly instance: number
}

const textsOf = ({ study, patient, instance }: ImageKey, perSeries: number): Readonly<Record<ImageField, string>> => {
  const series = Math.floor(instance / perSeries)
  return {
    metaInstanceUid: instanceUid(study, instance),
    instanceUid: instanceUid(study, instance),
    seriesUid: seriesUid(study, series),
    studyUid: studyUid(study),
    patientId: patient.padEnd(patientIdBytes).slice(0, patientIdBytes),
    patientName: patientName(study.run),
    accession: accessionNumber(study),
    seriesNumber: String(series + 1).padEnd(numberBytes),
    instanceNumber: String(instance + 1).padEnd(numberBytes),
  }
}

const wordsInStamp = 8
/** Length of a stamp. */
export const stampBytes = 4 * wordsInStamp

/** Makes the copy of a template that begins at `at` the image of a key: its fields, and a stamp at both ends of its pixels. */
export const patchImage = (bytes: Uint8Array, at: number, of: { template: ImageTemplate; key: ImageKey }): void => {
  const { template, key } = of
  const texts = textsOf(key, template.perSeries)
  for (const field of imageFields) writeAscii(bytes, at + template.offsets[field], texts[field])
  const { offset, sizeBytes } = template.pixels
  const stamp = stampOf(key.study, key.instance)
  bytes.set(stamp, at + offset)
  bytes.set(stamp, at + offset + sizeBytes - stampBytes)
}

const writeAscii = (bytes: Uint8Array, at: number, text: string): void => {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index)
}

/** What makes the pixels of an image its own: little-endian words that follow from seed, number of the study and number of the instance. */
export const stampOf = (study: Pick<StudyKey, 'seed' | 'nth'>, instance: number): Uint8Array => {
  const bytes = new Uint8Array(stampBytes)
  const first = rowDraws.stamp + wordsInStamp * (instance + study.nth * mostInstances)
  for (let word = 0; word < wordsInStamp; word++) {
    const value = rowUniform(study.seed, first + word) * 0x100000000
    for (let byte = 0; byte < 4; byte++) bytes[4 * word + byte] = (value >>> (8 * byte)) & 0xff
  }
  return bytes
}

/** Of a study: the UID has five digits for the number of an instance. */
const mostInstances = 100_000
