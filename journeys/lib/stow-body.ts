import { SeekMode } from 'k6/experimental/fs'
import type { PlacedTemplate } from '../../generators/imaging/image-template.ts'
import { StowBody } from '../../generators/imaging/stow-body.ts'
import { imageFiles } from './image-files.ts'
import { templateOf } from './image-templates.ts'
import { studyOfTurn } from './study-of-turn.ts'
import type { Turn } from './turn.ts'

/** Read in pieces, k6 keeps one of them; read at once, a copy of the whole file. */
const pieceBytes = 1_048_576

let loaded: { readonly modality: string; readonly body: StowBody } | undefined

/** Makes the body that an actor sends the images of a row with, unless it has just sent others of the same modality. */
export const loadStowBody = async (turn: Turn): Promise<void> => {
  const { modality } = studyOfTurn(turn).kind
  if (loaded?.modality === modality) return
  loaded = undefined
  const template = templateOf(modality)
  const body = new StowBody(template)
  await readTemplate(template, (piece, at) => body.takeTemplate(piece, at))
  body.spread()
  loaded = { modality, body }
}

/** Gives the bytes of a template in pieces, each with its place. */
const readTemplate = async (
  { modality, sizeBytes, at: start }: PlacedTemplate,
  take: (piece: Uint8Array, at: number) => void,
): Promise<void> => {
  const file = await imageFiles?.bytes
  const piece = new Uint8Array(pieceBytes)
  await file?.seek(start, SeekMode.Start)
  for (let at = 0; at < sizeBytes; ) {
    const count = Math.min((await file?.read(piece)) ?? 0, sizeBytes - at)
    if (count === 0) throw new Error(`expected ${sizeBytes} bytes of ${modality} beside the script, got ${at}`)
    take(count === piece.length ? piece : piece.subarray(0, count), at)
    at += count
  }
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
