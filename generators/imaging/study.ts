import type { ImageSize } from '../../model/plan.ts'
import { type StudyKind, smallImageDivisor, studyKinds, studySizes } from '../../region/imaging.ts'
import { normalCdf, normalOf } from '../distributions.ts'
import { rowDraws } from '../row-draws.ts'
import { rowUniform } from '../row-uniform.ts'
import { weightedChoice } from '../weighted-choice.ts'

/** A study: a function of its seed, its number there and the size of the images. */
export interface Study {
  readonly kind: StudyKind
  readonly instances: number
}

const kinds = studyKinds.value.map((kind: StudyKind) => ({ ...kind, weight: kind.share }))

/** Every modality there is. */
export const modalities = studyKinds.value.map(({ modality }): string => modality)

/** Draws the `nth` study of a seed. `quantile` 0..1 chooses its kind, where many seeds share the mix between them. */
export const studyOf = (
  { seed, nth, quantile }: { readonly seed: number; readonly nth: number; readonly quantile?: number | undefined },
  size: ImageSize,
): Study => {
  const draw = (n: number) => rowUniform(seed, rowDraws.study + 3 * nth + n)
  const kind = weightedChoice(kinds, quantile ?? draw(0))
  const { medianInstances, sigma, mostInstances } = kind
  const drawn = medianInstances * Math.exp(sigma * normalOf(draw(1), draw(2)))
  const instances = Math.min(mostInstances, Math.max(1, Math.round(drawn)))
  return { kind, instances: Math.round(instances * instancesFactor(size)) }
}

/** A heavy archive has thinner slices and more of them: all studies alike. */
const instancesFactor = (size: ImageSize): number =>
  size === 'heavy' ? studySizes.value.heavyBytes / studySizes.value.meanBytes : 1

/** Rows and columns of an image. */
export const matrixOf = ({ rows, columns }: StudyKind, size: ImageSize): { rows: number; columns: number } => {
  const divisor = size === 'small' ? smallImageDivisor.value : 1
  return { rows: evenly(rows / divisor), columns: evenly(columns / divisor) }
}

/** DICOM wants pixel data of an even length. */
const evenly = (value: number): number => 2 * Math.round(value / 2)

/** Bytes of the pixels of one instance. */
export const pixelBytesOf = (kind: StudyKind, size: ImageSize): number => {
  const { rows, columns } = matrixOf(kind, size)
  return rows * columns * kind.bytesPerPixel * kind.frames
}

export const studyBytes = ({ kind, instances }: Study, size: ImageSize): number => instances * pixelBytesOf(kind, size)

/**
 * Mean number of instances of a kind: Σ n · P(n), where P(n) = Φ((ln (n + ½) − μ) / σ) − Φ((ln (n − ½) − μ) / σ) with
 * μ = ln median; 1 has all that lies below it, and the greatest number all that lies above.
 */
export const meanInstances = ({ medianInstances, sigma, mostInstances }: StudyKind): number => {
  const upTo = (n: number) => (n >= mostInstances ? 1 : normalCdf(Math.log((n + 0.5) / medianInstances) / sigma))
  let mean = 0
  for (let n = 1, before = 0; n <= mostInstances; n++) {
    const after = upTo(n)
    mean += n * (after - before)
    before = after
  }
  return mean
}

/** Mean bytes of pixels, and mean instances, of a study of these modalities, or of any. */
export const meanStudy = (
  size: ImageSize,
  among: readonly string[] = modalities,
): { readonly bytes: number; readonly instances: number } => {
  const some = kinds.filter(({ modality }) => among.includes(modality))
  const shares = some.reduce((sum, { share }) => sum + share, 0)
  const instancesOf = (kind: StudyKind) => (kind.share / shares) * meanInstances(kind) * instancesFactor(size)
  return {
    bytes: some.reduce((sum, kind) => sum + instancesOf(kind) * pixelBytesOf(kind, size), 0),
    instances: some.reduce((sum, kind) => sum + instancesOf(kind), 0),
  }
}
