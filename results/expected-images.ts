import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { type ImageKey, type PlacedTemplate, patchImage } from '../generators/imaging/image-template.ts'

/** A file of a run folder as an image must be: known for every image from its key alone. */
export class ExpectedImages {
  readonly #dir: string
  readonly #templates: readonly PlacedTemplate[]
  /** Of each modality one copy, patched for each image that is asked for. */
  readonly #copies = new Map<string, Buffer>()

  /** `dir`: the run folder, with `images.json` and `images.bin`. */
  constructor(dir: string) {
    this.#dir = dir
    this.#templates = JSON.parse(readFileSync(join(dir, 'images.json'), 'utf8'))
  }

  /** Throws a RangeError for a modality that the plan has not got. */
  template(modality: string): PlacedTemplate {
    const found = this.#templates.find((template) => template.modality === modality)
    if (found) return found
    throw new RangeError(
      `expected a modality of ${this.#templates.map((one) => one.modality).join(', ')}, got ${modality}`,
    )
  }

  /** Bytes of a template. */
  bytesOf(template: PlacedTemplate): Buffer {
    const bytes = this.#copies.get(template.modality) ?? this.#read(template)
    this.#copies.set(template.modality, bytes)
    return bytes
  }

  #read({ at, sizeBytes }: PlacedTemplate): Buffer {
    const bytes = Buffer.alloc(sizeBytes)
    const file = openSync(join(this.#dir, 'images.bin'), 'r')
    readSync(file, bytes, { position: at })
    closeSync(file)
    return bytes
  }

  /** The bytes of an image, good until the next of its modality is asked for. */
  image(modality: string, key: ImageKey): Buffer {
    const template = this.template(modality)
    const bytes = this.bytesOf(template)
    patchImage(bytes, 0, { template, key })
    return bytes
  }
}
