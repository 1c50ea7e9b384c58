import type { Body, RequestEffect } from './effect-of-request.ts'

const flippedBit = 1

/** Where the length is not said: in the middle of the first chunk. */
async function* flipped(body: Body, bodyBytes: number | undefined): Body {
  let at = bodyBytes === undefined ? undefined : Math.floor(bodyBytes / 2)
  for await (const chunk of body) {
    at ??= Math.floor(chunk.length / 2)
    const byte = chunk[at]
    if (byte === undefined) yield chunk
    else {
      const altered = Buffer.from(chunk)
      altered[at] = byte ^ flippedBit
      yield altered
    }
    at -= chunk.length
  }
}

/** One bit of the answer's body is another one; its length stays. */
export const alteredBody: RequestEffect = {
  kind: 'body',
  change: (bodyBytes) => ({
    figures: bodyBytes === undefined ? {} : { bodyBytes, atByte: Math.floor(bodyBytes / 2) },
    change: (body) => flipped(body, bodyBytes),
    isCut: false,
  }),
}
