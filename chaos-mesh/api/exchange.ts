import { type ClientRequest, type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps, type RequestOptions } from 'node:https'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Clock } from '../clock.ts'
import type { ApiAnswer, ApiRequest } from './connection.ts'

/** A response whose head is there, and the request that it came to. */
export interface Exchange {
  readonly response: IncomingMessage
  readonly sent: ClientRequest
}

/** A request with everything that it needs to be sent. */
export interface Call extends Pick<ApiRequest, 'body' | 'signal'> {
  readonly url: URL
  readonly options: RequestOptions
}

/** A server that has not answered by then is taken for gone. */
const answerWithinMs = 15_000

/** Sends once. Resolves to the response when its head is there, and to an error, whose cause is `stale` when an idle socket had been closed. */
export const exchange = ({ url, options, body, signal }: Call, clock: Clock): Promise<Exchange | Error> =>
  new Promise((resolve) => {
    const sent = (url.protocol === 'https:' ? overHttps : overHttp)(url, options)
    const abort = () => sent.destroy(new Error('aborted'))
    const done = inTime(clock, () => sent.destroy(new Error(`none within ${answerWithinMs} ms`)))
    sent.on('response', (response) => {
      done()
      resolve({ response, sent })
    })
    sent.on('error', (error) => {
      done()
      resolve(sent.reusedSocket && 'code' in error ? new Error(error.message, { cause: 'stale' }) : error)
    })
    // Also ends a stream: the listener stays until the socket is closed.
    sent.on('close', () => signal?.removeEventListener('abort', abort))
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted) abort()
    else if (body === undefined) sent.end()
    else sendBody(sent, JSON.stringify(body))
  })

/** The length has to be said: Node does not frame the body of a DELETE by itself. */
const sendBody = (sent: ClientRequest, text: string): void => {
  sent.setHeader('content-length', Buffer.byteLength(text))
  sent.end(text)
}

/** Does something when the time is over, unless what it returns is called before. */
const inTime = (clock: Clock, whenOver: () => void): (() => void) => {
  const isDone = new AbortController()
  void clock.sleepUntil(clock.nowUnixMs() + answerWithinMs, isDone.signal).then(() => {
    if (!isDone.signal.aborted) whenOver()
  })
  return () => isDone.abort()
}

/** Reads all of a response; throws an `unreachable` ChaosMeshError when it breaks off or does not end. */
export const readAnswer = async (response: IncomingMessage, clock: Clock): Promise<ApiAnswer> => {
  const chunks: Buffer[] = []
  const done = inTime(clock, () => response.destroy(new Error(`no end within ${answerWithinMs} ms`)))
  try {
    for await (const chunk of response) chunks.push(chunk)
  } catch (error) {
    throw new ChaosMeshError('unreachable', `expected a whole answer, got ${reason(error)}`, { hint: 'try again' })
  } finally {
    done()
  }
  const seconds = Number(response.headers['retry-after'])
  return {
    status: response.statusCode ?? 0,
    body: parsed(Buffer.concat(chunks).toString('utf8')),
    ...(seconds > 0 && { retryAfterMs: seconds * 1000 }),
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Why something failed, in words; of several attempts each. */
export const reason = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(reason).join(', ')
    : error instanceof Error
      ? error.message
      : String(error)
