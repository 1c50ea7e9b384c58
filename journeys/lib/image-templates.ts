import type { PlacedTemplate } from '../../generators/imaging/image-template.ts'
import type { ImageSystemName } from '../../model/system.ts'
import { imageFiles } from './image-files.ts'
import { plan } from './settings.ts'
import type { Turn } from './turn.ts'

let templates: readonly PlacedTemplate[] | undefined

/** Description of the DICOM file of a modality. */
export const templateOf = (modality: string): PlacedTemplate => {
  templates ??= JSON.parse(imageFiles?.templates[0] ?? '[]') as readonly PlacedTemplate[]
  const found = templates.find((template) => template.modality === modality)
  if (found) return found
  throw new Error(`expected a template of ${modality} beside the script, got none`)
}

let digests: Readonly<Record<string, string>> | undefined

/** SHA-256 of the pixels of the first image of a study of the archive, by patient and number of the study. */
export const pixelDigestOf = (patient: number, nth: number): string | undefined => {
  digests ??= JSON.parse(imageFiles?.archive[0] ?? '{}') as Readonly<Record<string, string>>
  return digests[`${patient}.${nth}`]
}

/** Size of the images of the plan. */
export const imageSize = plan.imageSize ?? 'full'

/** Where the images of a row are: on the old side until the cutover, if there is one. */
export const imageSystemOf = ({ dueMs }: Pick<Turn, 'dueMs'>): ImageSystemName =>
  plan.cutoverMs !== undefined && dueMs < plan.cutoverMs ? 'archive' : 'imaging'
