import type { CommitQueue } from '../store/commit-queue.ts'
import { dicomJson, dicomSequence } from './dicom-json.ts'
import type { ImageIndex, ImageStore } from './image-store.ts'
import type { Part } from './multipart.ts'
import { readImage } from './read-image.ts'

/** What a defect does to an image on its way to the disk. */
export type Spoiling = 'none' | 'lost' | 'corrupted'

export interface Storing {
  readonly store: ImageStore
  readonly queue: CommitQueue
  readonly newId: () => string
  /** Asked once for each image. */
  spoil(): Spoiling
}

/** The answer of STOW-RS: 200 all are kept, 202 some, 409 none (PS3.18 §10.5). */
export interface StoreAnswer {
  readonly status: 200 | 202 | 409
  readonly body: unknown
}

/** Failure reasons of PS3.4: cannot understand; does not match the study it was sent to. */
const cannotUnderstand = 0xc000
const wrongStudy = 0xa900

interface Taken {
  readonly image: ImageIndex
  readonly bytes: Uint8Array
}

/** Keeps what can be kept of the parts, durably, and tells of each. `study`: the one they must belong to, if any. */
export const storeImages = async (
  parts: readonly Part[],
  study: string | undefined,
  storing: Storing,
): Promise<StoreAnswer> => {
  const taken: Taken[] = []
  const failed: { readonly reason: number; readonly image: ImageIndex | undefined }[] = []
  for (const { contentType, bytes } of parts) {
    const image = contentType === 'application/dicom' ? readImage(bytes) : undefined
    if (!image) failed.push({ reason: cannotUnderstand, image })
    else if (study !== undefined && image.study !== study) failed.push({ reason: wrongStudy, image })
    else taken.push({ image, bytes })
  }
  if (taken.length > 0) await keep(taken, storing)
  return {
    status: taken.length === 0 ? 409 : failed.length === 0 ? 200 : 202,
    body: {
      ...dicomSequence(
        '00081198',
        failed.map(({ reason, image }) => ({ ...reference(image), ...dicomJson({ failureReason: reason }) })),
      ),
      ...dicomSequence(
        '00081199',
        taken.map(({ image }) => reference(image)),
      ),
    },
  }
}

const reference = (image: ImageIndex | undefined) =>
  image ? dicomJson({ referencedClass: image.sopClass, referencedInstance: image.instance }) : {}

const keep = async (taken: readonly Taken[], { store, queue, newId, spoil }: Storing): Promise<void> => {
  const file = `${newId()}.images`
  const spoilings = taken.map(() => spoil())
  const pieces = taken.map(({ bytes }, index) => (spoilings[index] === 'corrupted' ? corrupted(bytes) : bytes))
  await store.keep(file, pieces)
  try {
    const added = await queue.run(() => {
      let offset = 0
      return taken.filter(({ image, bytes }, index) => {
        const at = offset
        offset += bytes.length
        return spoilings[index] !== 'lost' && store.add(image, { file, offset: at, sizeBytes: bytes.length })
      }).length
    })
    // All of them were known already.
    if (added === 0) await store.discard([file])
  } catch (error) {
    await store.discard([file])
    throw error
  }
}

/** One bit of the pixels is another. */
const corrupted = (bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  const at = copy.length - Math.floor(copy.length / 3)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
