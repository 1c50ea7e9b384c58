import { parsed } from './parsed.ts'

/** Values of the DICOM JSON model (PS3.18 annex F). */
interface Element {
  readonly Value?: readonly unknown[]
}
type Dataset = Readonly<Record<string, Element | undefined>>

/** How many images the answer of a STOW names as stored: what counts, whatever the status is. */
export const referencedCount = (body: string): number => {
  const answer = parsed(body) as Dataset | undefined
  const failed = answer?.['00081198']?.Value?.length ?? 0
  return failed > 0 ? 0 : (answer?.['00081199']?.Value?.length ?? 0)
}

/** What was found, one dataset each. */
const studiesIn = (body: string): readonly Dataset[] => {
  const answer = parsed(body)
  return Array.isArray(answer) ? answer : []
}

/** Images of the one study that was found; −1 when there is not exactly one. */
export const foundCount = (body: string): number => {
  const [study, ...others] = studiesIn(body)
  return study && others.length === 0 ? Number(study['00201208']?.Value?.[0] ?? -1) : -1
}

/** Studies of other patients than the one that was asked for. */
export const strangersIn = (
  body: string,
  patient: string,
): readonly { readonly study: string; readonly owner: string }[] =>
  studiesIn(body)
    .map((study) => ({
      study: String(study['0020000D']?.Value?.[0] ?? ''),
      owner: String(study['00100020']?.Value?.[0] ?? 'nobody').trim(),
    }))
    .filter(({ owner }) => owner !== patient)

/** UIDs of the studies that were found. */
export const foundStudies = (body: string): readonly string[] =>
  studiesIn(body).map((study) => String(study['0020000D']?.Value?.[0] ?? ''))

/** Images of all series that were listed. */
export const imagesInSeries = (body: string): number =>
  studiesIn(body).reduce((sum, series) => sum + Number(series['00201209']?.Value?.[0] ?? 0), 0)
