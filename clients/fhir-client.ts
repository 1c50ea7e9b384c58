import type { Bundle, FhirResource } from 'fhir/r4.js'
import { authorized } from './authorized.ts'
import type { Fetch } from './fetch-of.ts'
import type { Authorize } from './token.ts'

/** An answer of a FHIR server: the status as it came, and the body where it was FHIR JSON. */
export interface FhirAnswer {
  readonly status: number
  readonly body: FhirResource | undefined
  /** Beginning of a body that was not FHIR JSON, for messages. */
  readonly text: string
}

export interface FhirClientOptions {
  readonly baseUrl: string
  readonly authorize: Authorize
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Absent: the global one. */
  readonly fetch?: Fetch
}

/** A FHIR R4 REST client for everything that is not k6. Every call rejects only when no answer came (connection, time-out, abort). */
export class FhirClient {
  readonly baseUrl: string
  readonly #options: FhirClientOptions

  constructor(options: FhirClientOptions) {
    this.baseUrl = options.baseUrl.replace(/\/$/, '')
    this.#options = options
  }

  /** `pathOrUrl` is relative to the base (`Patient/p1`, `metadata`) or an absolute `next` link of the same server. */
  get(pathOrUrl: string): Promise<FhirAnswer> {
    return this.#send('GET', pathOrUrl)
  }

  /** POST of a transaction or batch to the base. */
  transaction(bundle: Bundle<FhirResource>): Promise<FhirAnswer> {
    return this.#send('POST', '', bundle)
  }

  /**
   * All resources that match a search, through every page. The caller's query says `_count`.
   * Throws an Error naming status and query when a page is not a 200 with a Bundle.
   */
  async *search(query: string): AsyncGenerator<FhirResource> {
    for (let next: string | undefined = query; next !== undefined; ) {
      const answer = await this.get(next)
      if (answer.status !== 200 || answer.body?.resourceType !== 'Bundle') {
        throw new Error(`expected 200 with a Bundle from ${next}, got ${answer.status} ${answer.text}`)
      }
      for (const entry of (answer.body as Bundle<FhirResource>).entry ?? []) {
        if (entry.resource && entry.search?.mode !== 'include') yield entry.resource
      }
      next = answer.body.link?.find((link) => link.relation === 'next')?.url
    }
  }

  #send(method: string, pathOrUrl: string, body?: FhirResource): Promise<FhirAnswer> {
    return authorized(this.#options.authorize, (headers) => this.#sendWith(headers, method, { pathOrUrl, body }))
  }

  async #sendWith(
    authorization: Readonly<Record<string, string>>,
    method: string,
    { pathOrUrl, body }: { readonly pathOrUrl: string; readonly body: FhirResource | undefined },
  ): Promise<FhirAnswer> {
    const limits = [AbortSignal.timeout(this.#options.timeoutMs)]
    if (this.#options.signal) limits.push(this.#options.signal)
    const response = await (this.#options.fetch ?? fetch)(this.#url(pathOrUrl), {
      method,
      headers: {
        accept: 'application/fhir+json',
        'cache-control': 'no-cache',
        ...(body && { 'content-type': 'application/fhir+json', prefer: 'return=minimal' }),
        ...authorization,
      },
      signal: AbortSignal.any(limits),
      ...(body && { body: JSON.stringify(body) }),
    })
    return answerOf(response.status, await response.text())
  }

  #url(pathOrUrl: string): string {
    return pathOrUrl.startsWith('http') ? pathOrUrl : pathOrUrl === '' ? this.baseUrl : `${this.baseUrl}/${pathOrUrl}`
  }
}

const answerOf = (status: number, text: string): FhirAnswer => {
  try {
    const body: unknown = JSON.parse(text)
    return { status, body: isFhir(body) ? body : undefined, text: text.slice(0, 200) }
  } catch {
    return { status, body: undefined, text: text.slice(0, 200) }
  }
}

const isFhir = (body: unknown): body is FhirResource =>
  typeof body === 'object' && body !== null && 'resourceType' in body
