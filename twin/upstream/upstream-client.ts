import type { Authorize } from '../../clients/token.ts'
import { FhirError } from '../fhir/fhir-error.ts'
import type { Forwarded, UpstreamAnswer } from '../http/system.ts'
import type { Call } from './call.ts'
import { unavailable } from './unavailable.ts'

/** Reads from another system. Every call throws a FhirError 503 when no answer comes, or when it is not let in. */
export class UpstreamClient {
  readonly #baseUrl: string
  readonly #authorize: Authorize
  readonly #call: Call

  constructor({ baseUrl, authorize, call }: Upstream) {
    this.#baseUrl = baseUrl
    this.#authorize = authorize
    this.#call = call
  }

  async get(path: string, forwarded: Forwarded): Promise<UpstreamAnswer> {
    try {
      const token = await this.#authorize()
      const answer = await this.#getWith(token, path, forwarded)
      if (answer.status !== 401) return answer
      const again = await this.#getWith(await this.#authorize(token), path, forwarded)
      if (again.status !== 401) return again
    } catch (error) {
      if (error instanceof FhirError) throw error
      throw unavailable(`expected an answer from ${this.#baseUrl}, got none`)
    }
    throw unavailable(`expected to be let in by ${this.#baseUrl}, got 401`)
  }

  #getWith(token: Readonly<Record<string, string>>, path: string, { host, scheme, traceparent }: Forwarded) {
    const headers = { ...token, host, 'x-forwarded-proto': scheme, ...(traceparent !== undefined && { traceparent }) }
    return this.#call({ method: 'GET', url: `${this.#baseUrl}/${path}`, headers })
  }
}

/** Another system: its FHIR base, and how to get in and to it. */
export interface Upstream {
  readonly baseUrl: string
  readonly authorize: Authorize
  readonly call: Call
}
