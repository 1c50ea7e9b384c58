import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Authorize } from '../../clients/token.ts'
import { FhirError } from '../fhir/fhir-error.ts'
import type { Forwarded, UpstreamAnswer } from '../http/system.ts'

/** A slower answer counts as none. */
const timeoutMs = 3000

/** A refusal that asks the client to come again in a second. */
export const unavailable = (message: string): FhirError =>
  new FhirError(503, 'transient', message).withHeaders({ 'retry-after': '1' })

/** Reads from another system over kept connections. Every call throws a FhirError 503 when no answer comes. */
export class UpstreamClient {
  readonly #baseUrl: string
  readonly #authorize: Authorize
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })

  /** `baseUrl` is a FHIR base. */
  constructor(baseUrl: string, authorize: Authorize) {
    this.#baseUrl = baseUrl
    this.#authorize = authorize
  }

  async get(path: string, { host, traceparent }: Forwarded): Promise<UpstreamAnswer> {
    try {
      const headers = { ...(await this.#authorize()), host, ...(traceparent !== undefined && { traceparent }) }
      return await this.#get(path, headers, true)
    } catch {
      throw unavailable(`expected an answer from ${this.#baseUrl}, got none`)
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  /** A kept connection may have been closed at the other end meanwhile: that one failure is tried again on a new one. */
  #get(path: string, headers: Readonly<Record<string, string>>, mayRetry: boolean): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs)
      const sent = request(`${this.#baseUrl}/${path}`, { agent: this.#agent, headers, signal })
      sent.on('response', (response) => answerOf(response).then(resolve, reject))
      sent.on('error', (error) => {
        if (mayRetry && sent.reusedSocket && !signal.aborted) this.#get(path, headers, false).then(resolve, reject)
        else reject(error)
      })
      sent.end()
    })
  }
}

const answerOf = async (response: IncomingMessage): Promise<UpstreamAnswer> => ({
  status: response.statusCode ?? 0,
  body: await text(response),
})
