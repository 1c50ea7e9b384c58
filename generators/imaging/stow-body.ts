import { type ImageTemplate, patchImage } from './image-template.ts'
import type { StudyKey } from './uids.ts'

const boundary = 'collaudo-synthetic-image'

/** Content-Type of a body that stores images (PS3.18 STOW-RS). */
export const stowContentType = `multipart/related; type="application/dicom"; boundary=${boundary}`

const ascii = (text: string): Uint8Array => Uint8Array.from([...text].map((character) => character.charCodeAt(0)))
const firstHead = ascii(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`)
const nextHead = ascii(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`)
const tail = ascii(`\r\n--${boundary}--\r\n`)

/** Where the file of a part begins. */
const fileOffset = ({ sizeBytes }: ImageTemplate, part: number): number =>
  firstHead.length + part * (sizeBytes + nextHead.length)

/** A few images of a study, one after the other. */
export interface Batch {
  readonly study: StudyKey
  readonly patient: string
  readonly first: number
  readonly count: number
}

/**
 * The body of requests that store images of one kind. It is made once and patched for each request: copying tens of megabytes
 * anew would cost more than sending them.
 */
export class StowBody {
  readonly #template: ImageTemplate
  readonly #bytes: Uint8Array<ArrayBuffer>

  constructor(template: ImageTemplate) {
    this.#template = template
    const parts = template.perRequest
    this.#bytes = new Uint8Array(fileOffset(template, parts - 1) + template.sizeBytes + tail.length)
  }

  /** Takes a piece of the template's file; all of it must be there before the body is used. */
  takeTemplate(piece: Uint8Array, at: number): void {
    this.#bytes.set(piece, fileOffset(this.#template, 0) + at)
  }

  /** Copies the file into the other parts. */
  spread(): void {
    const from = fileOffset(this.#template, 0)
    for (let part = 1; part < this.#template.perRequest; part++)
      this.#bytes.copyWithin(fileOffset(this.#template, part), from, from + this.#template.sizeBytes)
  }

  /** The body of a batch, good until the next is asked for. */
  of({ study, patient, first, count }: Batch): Uint8Array<ArrayBuffer> {
    const template = this.#template
    for (let part = 0; part < count; part++) {
      const at = fileOffset(template, part)
      const head = part === 0 ? firstHead : nextHead
      this.#bytes.set(head, at - head.length)
      patchImage(this.#bytes, at, { template, key: { study, patient, instance: first + part } })
    }
    const end = fileOffset(template, count - 1) + template.sizeBytes
    this.#bytes.set(tail, end)
    return this.#bytes.subarray(0, end + tail.length)
  }
}
