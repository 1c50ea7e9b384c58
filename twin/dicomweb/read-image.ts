import dicomParser from 'dicom-parser'
import type { ImageIndex } from './image-store.ts'

const pixelData = 'x7fe00010'

/** The index of a DICOM file, or of the beginning of one; undefined for what is none, or not whole. */
export const readImage = (bytes: Uint8Array, { isHead = false } = {}): ImageIndex | undefined => {
  try {
    const dataset = dicomParser.parseDicom(bytes, { untilTag: pixelData })
    const text = (tag: string) => dataset.string(tag) ?? ''
    const pixels = dataset.elements[pixelData]
    const index = {
      study: text('x0020000d'),
      series: text('x0020000e'),
      instance: text('x00080018'),
      sopClass: text('x00080016'),
      modality: text('x00080060'),
      number: text('x00200013'),
      seriesNumber: text('x00200011'),
      patient: text('x00100020'),
      patientName: text('x00100010'),
      accession: text('x00080050'),
      date: text('x00080020'),
    }
    const isWhole = isHead || (pixels !== undefined && pixels.dataOffset + pixels.length <= bytes.length)
    return isWhole && index.study !== '' && index.series !== '' && index.instance !== '' ? index : undefined
  } catch {
    return undefined
  }
}
