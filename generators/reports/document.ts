import { documentKinds, documentPages } from '../../region/digital-services.ts'
import { normalOf } from '../distributions.ts'
import { rowDraws } from '../row-draws.ts'
import { rowUniform } from '../row-uniform.ts'
import { weightedChoice } from '../weighted-choice.ts'

/** A document of the health record: a function of its seed. */
export interface Document {
  /** LOINC code of its kind. */
  readonly kind: string
  readonly title: string
  readonly sizeBytes: number
}

const kinds = documentKinds.value.map((kind) => ({ ...kind, weight: kind.share }))

/** Draws the document of a seed; the `nth` one of it, where it has several. */
export const documentOf = (seed: number, nth = 0): Document => {
  const draw = (n: number) => rowUniform(seed, rowDraws.document + 3 * nth + n)
  const { code, name, structuredBytes } = weightedChoice(kinds, draw(0))
  const { medianBytes, sigma, leastBytes, mostBytes } = documentPages.value
  const pagesBytes = medianBytes * Math.exp(sigma * normalOf(draw(1), draw(2)))
  return {
    kind: code,
    title: name,
    sizeBytes: structuredBytes + Math.round(Math.min(mostBytes, Math.max(leastBytes, pagesBytes))),
  }
}

const header = '%PDF-1.7\n'

/** The bytes of a document, all ASCII: another one for another identifier, and always the same for the same. */
export const documentText = (identifier: string, sizeBytes: number): string => {
  const line = `% ${identifier} no patient is meant ${'-'.repeat(80)}`.slice(0, 79)
  return `${header}${`${line}\n`.repeat(Math.ceil(sizeBytes / 80))}`.slice(0, sizeBytes)
}
