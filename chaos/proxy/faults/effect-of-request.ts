/** The body of an answer on its way to the client. */
export type Body = AsyncIterable<Buffer>

export interface BodyChange {
  /** For the log. */
  readonly figures: Readonly<Record<string, number>>
  /** `ended`: the fault is over, so what is left passes unhindered. */
  readonly change: (body: Body, ended: AbortSignal) => Body
  /** The connection ends with the changed body, whatever its length was said to be. */
  readonly isCut: boolean
}

/** What a fault does to one request, as far as it was drawn. */
export type RequestEffect =
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  /** `bodyBytes`: as the answer says; undefined where it does not. */
  | { readonly kind: 'body'; readonly change: (bodyBytes: number | undefined) => BodyChange }
