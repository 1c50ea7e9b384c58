import { Agent, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { pipeline } from 'node:stream'
import { TimeLimit } from './time-limit.ts'

/**
 * How a request ended at a replica: `answered` (passed on to the client), `not-sent` (no byte of it has left), `unanswered`
 * (sent, and no answer began), `broken` (the answer began and did not end), `left` (the client did not wait).
 */
export type Ending =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'unanswered'; readonly isTimedOut: boolean }
  | { readonly kind: 'broken' }
  | { readonly kind: 'left' }

/** On one machine or in one data centre: a connection is there at once or never. */
const connectTimeoutMs = 1000

export interface Destination {
  readonly origin: string
  /** How long it may take no bytes, or say nothing once it has them all. */
  readonly answerTimeoutMs: number
}

const agents = {
  'http:': new Agent({ keepAlive: true, scheduling: 'lifo' }),
  'https:': new SecureAgent({ keepAlive: true, scheduling: 'lifo' }),
}

/** Of one connection, and not of what goes over it (RFC 9110 §7.6.1). */
const hopHeaders = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect'])

/** Sends a request on to a replica and its answer back, as they come. Nothing of its body is read before it is connected. */
export const forward = (incoming: IncomingMessage, answer: ServerResponse, to: Destination): Promise<Ending> =>
  new Promise((resolve) => {
    const sent = send(incoming, to.origin)
    const limit = new TimeLimit(to.answerTimeoutMs, () => sent.destroy(new Error('expected progress, got none')))
    let isSent = false
    let isAnswered = false
    let whoBroke: 'client' | 'replica' | undefined
    const onClose = () => {
      if (answer.writableFinished) return
      whoBroke ??= 'client'
      sent.destroy()
    }
    answer.once('close', onClose)
    const end = (ending: Ending) => {
      limit.end()
      answer.off('close', onClose)
      resolve(whoBroke === 'client' ? { kind: 'left' } : ending)
    }
    limit.set(connectTimeoutMs)
    whenConnected(sent, () => {
      isSent = true
      limit.lift()
      pump(incoming, sent, limit)
    })
    sent.on('response', (response) => {
      isAnswered = true
      limit.end()
      response.once('error', () => {
        whoBroke ??= 'replica'
      })
      const status = response.statusCode ?? 502
      answer.writeHead(status, without(response.headers, 'transfer-encoding'))
      pipeline(response, answer, (error) => {
        if (!sent.writableFinished) sent.destroy()
        end(error ? { kind: 'broken' } : { kind: 'answered', status })
      })
    })
    sent.on('error', () => {
      if (isAnswered) return
      end(isSent ? { kind: 'unanswered', isTimedOut: limit.isPassed } : { kind: 'not-sent' })
    })
  })

const send = ({ method, url, headers }: IncomingMessage, origin: string) => {
  const { protocol, hostname, port } = new URL(origin)
  const options = { hostname, port, method, path: url, headers: without(headers) }
  return protocol === 'https:'
    ? secureRequest({ ...options, agent: agents['https:'] })
    : request({ ...options, agent: agents['http:'] })
}

const without = (headers: IncomingHttpHeaders, more = ''): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.has(name) && name !== more))

type Sent = ReturnType<typeof send>

/** A connection that was kept is there already. */
const whenConnected = (sent: Sent, then: () => void): void => {
  sent.once('socket', (socket) => {
    if (!socket.connecting) then()
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', then)
  })
}

/** The time of the replica runs while it takes no bytes, and once it has them all; a slow client costs it nothing. */
const pump = (incoming: IncomingMessage, sent: Sent, limit: TimeLimit): void => {
  sent.on('drain', () => {
    limit.lift()
    incoming.resume()
  })
  incoming.on('data', (bytes) => {
    if (sent.destroyed || sent.write(bytes)) return
    incoming.pause()
    limit.set()
  })
  const finish = () => {
    sent.end()
    limit.set()
  }
  if (incoming.readableEnded) finish()
  else incoming.once('end', finish)
}
