import { createHash } from 'node:crypto'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { data as dicom } from 'dcmjs'
import { archiveKeys, studyOfKey } from '../generators/imaging/archive.ts'
import {
  type ImageField,
  type ImageTemplate,
  imageFields,
  numberBytes,
  type PlacedTemplate,
  patchImage,
  patientIdBytes,
} from '../generators/imaging/image-template.ts'
import { matrixOf, pixelBytesOf } from '../generators/imaging/study.ts'
import { type StudyKey, uidBytes } from '../generators/imaging/uids.ts'
import type { ImageSize } from '../model/plan.ts'
import { type StudyKind, studyKinds } from '../region/imaging.ts'

/** A template with its bytes. */
export interface MadeTemplate {
  readonly template: ImageTemplate
  readonly bytes: Uint8Array
}

/** Writes a DICOM file of each kind beside a plan, one after the other, where in it what differs is, and what the pixels of the archive must be. The same size gives the same bytes. */
export const writeImageTemplates = async (
  dir: string,
  { size, seed }: { readonly size: ImageSize; readonly seed: number },
): Promise<void> => {
  const templates: PlacedTemplate[] = []
  const images = join(dir, 'images.bin')
  await writeFile(images, '')
  const digests: Record<string, string> = {}
  const keys = archiveKeys({ run: '', seed })
  for (const kind of studyKinds.value) {
    const made = imageTemplate(kind, size)
    templates.push({ ...made.template, at: endOf(templates.at(-1)) })
    await appendFile(images, made.bytes)
    for (const key of keys.filter((one) => studyOfKey(one, size).kind.modality === kind.modality))
      digests[`${key.row}.${key.nth}`] = firstDigest(made, key)
  }
  await writeFile(join(dir, 'images.json'), `${JSON.stringify(templates, null, 2)}\n`)
  await writeFile(join(dir, 'archive.json'), `${JSON.stringify(digests, null, 2)}\n`)
}

const endOf = (last: PlacedTemplate | undefined): number => (last ? last.at + last.sizeBytes : 0)

/** SHA-256 of the pixels of the first image of a study: whoever reads it has not got the template to compare with. */
const firstDigest = ({ template, bytes }: MadeTemplate, study: StudyKey): string => {
  const { offset, sizeBytes } = template.pixels
  patchImage(bytes, 0, { template, key: { study, patient: '', instance: 0 } })
  return createHash('sha256')
    .update(bytes.subarray(offset, offset + sizeBytes))
    .digest('hex')
}

/** Makes a Part 10 file, Explicit VR Little Endian, whose varying fields have their full length. */
export const imageTemplate = (kind: StudyKind, size: ImageSize): MadeTemplate => {
  const file = new dicom.DicomDict(denaturalized(metaOf(kind)))
  file.dict = denaturalized({ ...datasetOf(kind, size), PixelData: [noise(pixelBytesOf(kind, size)).buffer] })
  const bytes = new Uint8Array(file.write({ fragmentMultiframe: false }))
  const sizeBytes = pixelBytesOf(kind, size)
  const { modality, perSeries, perRequest } = kind
  return {
    bytes,
    template: {
      modality,
      sizeBytes: bytes.length,
      // Nothing comes after the pixels.
      pixels: { offset: bytes.length - sizeBytes, sizeBytes },
      perSeries,
      perRequest,
      offsets: offsetsOf(Buffer.from(bytes.buffer)),
    },
  }
}

const denaturalized = (dataset: Readonly<Record<string, unknown>>) =>
  dicom.DicomMetaDictionary.denaturalizeDataset({ ...dataset, _vrMap: { PixelData: 'OW' } })

/** What stands in a template where an image has its own: of the full length, and nothing like it elsewhere in the file. */
const placeholders: Readonly<Record<ImageField, string>> = {
  metaInstanceUid: `2.25.1${'4'.repeat(uidBytes - 6)}`,
  instanceUid: `2.25.1${'5'.repeat(uidBytes - 6)}`,
  seriesUid: `2.25.1${'6'.repeat(uidBytes - 6)}`,
  studyUid: `2.25.1${'7'.repeat(uidBytes - 6)}`,
  patientId: 'P'.repeat(patientIdBytes),
  patientName: 'N'.repeat(24),
  accession: 'A'.repeat(16),
  seriesNumber: '8'.repeat(numberBytes),
  instanceNumber: '9'.repeat(numberBytes),
}

const offsetsOf = (bytes: Buffer): Readonly<Record<ImageField, number>> => {
  const offsetOf = (field: ImageField): number => {
    const at = bytes.indexOf(placeholders[field])
    if (at < 0) throw new RangeError(`expected ${field} in a template, got none`)
    return at
  }
  return Object.fromEntries(imageFields.map((field) => [field, offsetOf(field)])) as Record<ImageField, number>
}

const explicitLittleEndian = '1.2.840.10008.1.2.1'

/** SOP classes by modality (PS3.4 annex B.5). */
const sopClasses: Readonly<Record<string, string>> = {
  CR: '1.2.840.10008.5.1.4.1.1.1',
  DX: '1.2.840.10008.5.1.4.1.1.1.1',
  MG: '1.2.840.10008.5.1.4.1.1.1.2',
  CT: '1.2.840.10008.5.1.4.1.1.2',
  MR: '1.2.840.10008.5.1.4.1.1.4',
  US: '1.2.840.10008.5.1.4.1.1.6.1',
  XA: '1.2.840.10008.5.1.4.1.1.12.1',
  NM: '1.2.840.10008.5.1.4.1.1.20',
  PT: '1.2.840.10008.5.1.4.1.1.128',
}

const metaOf = ({ modality }: StudyKind) => ({
  MediaStorageSOPClassUID: sopClasses[modality] ?? '',
  MediaStorageSOPInstanceUID: placeholders.metaInstanceUid,
  TransferSyntaxUID: explicitLittleEndian,
  ImplementationClassUID: '2.25.167264418393713520236510948672830142',
  ImplementationVersionName: 'COLLAUDO',
})

/** A date of no meaning: all that an image holds must follow from its UID. */
const date = '20260101'

const datasetOf = (kind: StudyKind, size: ImageSize) => ({
  SpecificCharacterSet: 'ISO_IR 192',
  SOPClassUID: sopClasses[kind.modality] ?? '',
  SOPInstanceUID: placeholders.instanceUid,
  StudyDate: date,
  SeriesDate: date,
  StudyTime: '080000',
  AccessionNumber: placeholders.accession,
  Modality: kind.modality,
  Manufacturer: 'collaudo',
  StudyDescription: 'synthetic, no patient is meant',
  PatientName: [{ Alphabetic: placeholders.patientName }],
  PatientID: placeholders.patientId,
  PatientBirthDate: '',
  PatientSex: 'O',
  StudyInstanceUID: placeholders.studyUid,
  SeriesInstanceUID: placeholders.seriesUid,
  StudyID: '1',
  SeriesNumber: placeholders.seriesNumber,
  InstanceNumber: placeholders.instanceNumber,
  ...pixelDescription(kind, size),
})

const pixelDescription = (kind: StudyKind, size: ImageSize) => {
  const isColour = kind.bytesPerPixel === 3
  const bits = kind.bytesPerPixel === 2 ? 16 : 8
  return {
    SamplesPerPixel: isColour ? 3 : 1,
    PhotometricInterpretation: isColour ? 'RGB' : 'MONOCHROME2',
    ...(isColour && { PlanarConfiguration: 0 }),
    ...(kind.frames > 1 && { NumberOfFrames: kind.frames }),
    Rows: matrixOf(kind, size).rows,
    Columns: matrixOf(kind, size).columns,
    BitsAllocated: bits,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
  }
}

/** Pixels that no server can compress away: xorshift (Marsaglia 2003), always the same. */
const noise = (sizeBytes: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(sizeBytes)
  const words = new Uint32Array(bytes.buffer, 0, sizeBytes >>> 2)
  let state = 0x9e3779b9
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[index] = state
  }
  return bytes
}
