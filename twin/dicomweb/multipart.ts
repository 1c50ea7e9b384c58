/** A part of a `multipart/related` body. */
export interface Part {
  readonly contentType: string
  readonly bytes: Uint8Array
}

const headEnd = '\r\n\r\n'

/** The boundary of a `multipart/related` content type whose root is DICOM; undefined for any other. */
export const dicomBoundary = (contentType: string): string | undefined => {
  if (!/^multipart\/related\s*;/i.test(contentType)) return undefined
  if (!/type="?application\/dicom"?/i.test(contentType)) return undefined
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? []
  return quoted ?? plain
}

/** The parts of a body, without copies; undefined when it is not whole: no part, a head without an end, no final boundary. */
export const partsOf = (body: Buffer, boundary: string): readonly Part[] | undefined => {
  const delimiter = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  let at = body.indexOf(delimiter)
  while (at >= 0) {
    const after = at + delimiter.length
    if (body.toString('latin1', after, after + 2) === '--') return parts.length === 0 ? undefined : parts
    const bytesFrom = body.indexOf(headEnd, after)
    const next = body.indexOf(delimiter, after)
    if (bytesFrom < 0 || next < 0 || bytesFrom + headEnd.length > next) return undefined
    parts.push({
      contentType: /content-type:\s*([^\r\n;]+)/i.exec(body.toString('latin1', after, bytesFrom))?.[1]?.trim() ?? '',
      // The line break before a delimiter belongs to it.
      bytes: body.subarray(bytesFrom + headEnd.length, next - 2),
    })
    at = next
  }
  return undefined
}
