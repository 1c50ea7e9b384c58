import { type Agent, type IncomingMessage, Agent as PlainAgent, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import type { UpstreamAnswer } from '../http/system.ts'

/** A request to another system. */
export interface UpstreamRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends a request and waits for the whole answer. Rejects when there is none. */
export type Call = (sent: UpstreamRequest) => Promise<UpstreamAnswer>

export interface CallLimits {
  /** A slower answer counts as none; undefined: waits for ever. */
  readonly timeoutMs: number | undefined
  /** Requests that are under way to a system at once; the others wait for their turn. */
  readonly maxSockets: number
}

/** Calls over kept connections. */
export const httpCall = ({ timeoutMs, maxSockets }: CallLimits): Call => {
  const options = { keepAlive: true, maxSockets }
  const agents = { plain: new PlainAgent(options), secure: new SecureAgent(options) }
  return (sent) => {
    const agent = sent.url.startsWith('https:') ? agents.secure : agents.plain
    return exchange(sent, { agent, ...(timeoutMs !== undefined && { signal: AbortSignal.timeout(timeoutMs) }) })
  }
}

interface Attempt {
  readonly agent: Agent
  readonly signal?: AbortSignal
}

/** A kept connection may have been closed at the other end meanwhile: that one failure is tried again on a new one. */
const exchange = (sent: UpstreamRequest, attempt: Attempt, mayRetry = true): Promise<UpstreamAnswer> =>
  new Promise((resolve, reject) => {
    const { method, url, headers, body } = sent
    const options = { ...attempt, method, headers }
    const outgoing = url.startsWith('https:') ? secureRequest(url, options) : request(url, options)
    outgoing.on('response', (response) => answerOf(response).then(resolve, reject))
    outgoing.on('error', (error) => {
      if (mayRetry && outgoing.reusedSocket && !attempt.signal?.aborted)
        exchange(sent, attempt, false).then(resolve, reject)
      else reject(error)
    })
    outgoing.end(body)
  })

const answerOf = async (response: IncomingMessage): Promise<UpstreamAnswer> => ({
  status: response.statusCode ?? 0,
  body: await text(response),
})
