import type { ImageTemplate } from '../../generators/imaging/image-template.ts'
import type { ImageSystemName } from '../../model/system.ts'
import { plan } from './settings.ts'
import type { Turn } from './timetable.ts'

/** Descriptions of the DICOM files beside the script; none where the plan has no images. */
export const templates: readonly ImageTemplate[] = plan.imageSize ? JSON.parse(open('./images.json')) : []

export const templateOf = (modality: string): ImageTemplate => {
  const found = templates.find((template) => template.modality === modality)
  if (found) return found
  throw new Error(`expected a template of ${modality} beside the script, got none`)
}

/** SHA-256 of the pixels of the first image of each study of the archive, by patient and number of the study. */
export const pixelDigests: Readonly<Record<string, string>> = plan.imageSize ? JSON.parse(open('./archive.json')) : {}

/** Size of the images of the plan. */
export const imageSize = plan.imageSize ?? 'full'

/** Where the images of a row are: on the old side until the cutover, if there is one. */
export const imageSystemOf = ({ dueMs }: Pick<Turn, 'dueMs'>): ImageSystemName =>
  plan.cutoverMs !== undefined && dueMs < plan.cutoverMs ? 'archive' : 'imaging'
