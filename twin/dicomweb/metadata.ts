import { dicomJson } from './dicom-json.ts'
import type { ImageStore, StoredImage } from './image-store.ts'
import { readImage } from './read-image.ts'

/** All that stands before the pixels fits into this. */
const headBytes = 4096

/** WADO-RS metadata of images, from their files. */
export const metadataOf = async (store: ImageStore, images: readonly StoredImage[]): Promise<readonly unknown[]> => {
  const all: unknown[] = []
  for (const image of images) {
    // The pixels are not there: only what comes before them is asked for.
    const index = readImage(await store.read(image, headBytes), { isHead: true })
    all.push(dicomJson({ ...index }))
  }
  return all
}
