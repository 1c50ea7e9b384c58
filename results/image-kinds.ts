import type { WriteKind } from '../model/outcome.ts'
import type { ImageSystemName } from '../model/system.ts'

/** Where the images of a write lie; what was moved lies on both sides, and must be the same there. */
const systemsOfKind = {
  'store-images': ['imaging'],
  'archive-images': ['archive'],
  'move-images': ['archive', 'imaging'],
} as const satisfies Partial<Record<WriteKind, readonly ImageSystemName[]>>
type ImageKind = keyof typeof systemsOfKind

export const isOfImages = (kind: WriteKind): kind is ImageKind => Object.hasOwn(systemsOfKind, kind)

/** The archives in which the images of a write lie; none for other writes. */
export const imageSystemsOf = (kind: WriteKind): readonly ImageSystemName[] =>
  isOfImages(kind) ? systemsOfKind[kind] : []
