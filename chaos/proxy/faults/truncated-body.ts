import type { Body, RequestEffect } from './effect-of-request.ts'

/** Where the length is not said: half of the first chunk. */
async function* firstHalf(body: Body, bodyBytes: number | undefined): Body {
  let left = bodyBytes === undefined ? undefined : Math.floor(bodyBytes / 2)
  for await (const chunk of body) {
    left ??= Math.floor(chunk.length / 2)
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}

/** The connection ends in the middle of the answer's body, which the head says to be longer. */
export const truncatedBody: RequestEffect = {
  kind: 'body',
  change: (bodyBytes) => ({
    figures: bodyBytes === undefined ? {} : { bodyBytes, passedBytes: Math.floor(bodyBytes / 2) },
    change: (body) => firstHalf(body, bodyBytes),
    isCut: true,
  }),
}
