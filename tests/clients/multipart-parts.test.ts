import fc from 'fast-check'
import { expect, it } from 'vitest'
import { multipartParts } from '../../clients/multipart-parts.ts'

const boundary = 'a-boundary'
const bodyOf = (parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
      part,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])

async function* pieces(body: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

const partsIn = async (body: Buffer, size: number): Promise<readonly Buffer[]> => {
  const parts: Buffer[] = []
  for await (const part of multipartParts(pieces(body, size), boundary)) parts.push(part)
  return parts
}

it('parts come as they were, however the body is cut into pieces', async () => {
  const anyParts = fc.array(fc.uint8Array({ maxLength: 300_000, size: 'max' }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(anyParts, fc.integer({ min: 7, max: 100_000 }), async (parts, size) => {
      const found = await partsIn(bodyOf(parts), size)
      expect(found.map((part) => part.length)).toEqual(parts.map((part) => part.length))
      for (const [index, part] of parts.entries()) expect(Buffer.compare(found[index] ?? Buffer.of(), part)).toBe(0)
    }),
    { numRuns: 40 },
  )
})

it('a body that ends before its final boundary is not taken for whole', async () => {
  const body = bodyOf([Uint8Array.of(1, 2, 3), Uint8Array.of(4)])
  for (let cut = 1; cut < body.length - 2; cut++) {
    await expect(partsIn(body.subarray(0, cut), 16)).rejects.toThrow('expected a body up to its final boundary')
  }
})
