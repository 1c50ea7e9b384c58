import type { ImageStore, StoredImage } from './image-store.ts'

/** A body of many parts whose length is known before any of it is read, so that a client sees when it was cut. */
export interface Retrieved {
  readonly contentType: string
  readonly sizeBytes: number
  readonly stream: ReadableStream<Uint8Array>
}

const encoder = new TextEncoder()

/** WADO-RS: images as parts of `multipart/related`, read from the disk one by one. */
export const retrieveImages = (store: ImageStore, images: readonly StoredImage[], boundary: string): Retrieved => {
  const head = encoder.encode(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`)
  const lineBreak = encoder.encode('\r\n')
  const tail = encoder.encode(`--${boundary}--\r\n`)
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (const image of images) {
      yield head
      yield await store.read(image)
      yield lineBreak
    }
    yield tail
  }
  return {
    contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
    sizeBytes: images.reduce((sum, { sizeBytes }) => sum + head.length + sizeBytes + lineBreak.length, tail.length),
    stream: ReadableStream.from(pieces()) as ReadableStream<Uint8Array>,
  }
}
