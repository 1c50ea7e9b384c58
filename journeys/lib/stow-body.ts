import { type File, open, SeekMode } from 'k6/experimental/fs'
import { type ImageTemplate, imageFileOf } from '../../generators/imaging/image-template.ts'
import { StowBody } from '../../generators/imaging/stow-body.ts'
import { modalities } from '../../generators/imaging/study.ts'
import { plan } from './settings.ts'

/** Read in pieces, k6 keeps one of them; read at once, a copy of the whole file. */
const pieceBytes = 1_048_576

/** Opened before the run, when alone files can be. */
const files = new Map<string, Promise<File>>(
  plan.imageSize ? modalities.map((modality) => [modality, open(`./${imageFileOf(modality)}`)]) : [],
)

let loaded: { readonly modality: string; readonly body: StowBody } | undefined

/** Makes the body that an actor sends images of a modality with, unless it has just sent others of it. */
export const loadStowBody = async (template: ImageTemplate): Promise<void> => {
  const { modality } = template
  if (loaded?.modality === modality) return
  loaded = undefined
  const file = await files.get(modality)
  if (!file) throw new Error(`expected the template of ${modality} beside the script, got none`)
  const body = new StowBody(template)
  const piece = new Uint8Array(pieceBytes)
  await file.seek(0, SeekMode.Start)
  for (let at = 0; at < template.sizeBytes; ) {
    const count = await file.read(piece)
    if (!count) throw new Error(`expected ${template.sizeBytes} bytes in ${template.file}, got ${at}`)
    body.takeTemplate(count === piece.length ? piece : piece.subarray(0, count), at)
    at += count
  }
  body.spread()
  loaded = { modality, body }
}

/** Lets the body go: it may have 20 MB, and an actor that waits for its next row does not need it. */
export const dropStowBody = (): void => {
  loaded = undefined
}

/** The body that was loaded last. */
export const stowBody = (): StowBody => {
  if (loaded) return loaded.body
  throw new Error('expected a loaded template, got none')
}
