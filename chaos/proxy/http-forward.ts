import { once } from 'node:events'
import {
  Agent,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingMessage,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import type { Exchange } from './exchange.ts'
import type { Body } from './faults/effect-of-request.ts'
import type { RequestHit } from './link-injection.ts'

/** Keeps to one connection that is already there, for as long as the other side keeps it. */
class OneSocketAgent extends Agent {
  readonly #socket: Socket

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 })
    this.#socket = socket
  }

  override createConnection(): Socket {
    return this.#socket
  }

  override keepSocketAlive(): boolean {
    return true
  }
}

/** Passes requests upstream and answers back, as they are. */
export class HttpForward {
  readonly #socket: Socket
  readonly #agent: OneSocketAgent

  constructor(socket: Socket) {
    this.#socket = socket
    this.#agent = new OneSocketAgent(socket)
  }

  /** Resolves when the answer has passed; rejects when the upstream connection ends before. */
  async pass({ request, response, hits }: Exchange): Promise<void> {
    if (this.#socket.destroyed) throw new Error('expected an upstream connection, got one that has ended')
    const outgoing = httpRequest({
      agent: this.#agent,
      method: request.method,
      path: request.url,
      setHost: false,
      maxHeaderSize: 1024 * 1024,
    })
    copyHeaders(request, outgoing)
    outgoing.on('continue', () => response.writeContinue())
    response.once('close', () => response.writableFinished || outgoing.destroy())
    if (request.headers.expect !== undefined) outgoing.flushHeaders()
    request.pipe(outgoing)
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    outgoing.on('error', () => undefined)
    await passAnswer(incoming, response, hits)
  }
}

const passAnswer = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  hits: readonly RequestHit[],
): Promise<void> => {
  response.sendDate = false
  response.statusCode = incoming.statusCode ?? 502
  response.statusMessage = incoming.statusMessage ?? ''
  copyHeaders(incoming, response)
  response.flushHeaders()
  const { body, isCut } = changedBody(incoming, hits)
  if (body === incoming) await piped(incoming, response)
  else await pipeline(body, response, { end: false })
  if (isCut) response.socket?.end()
  else {
    if (incoming.rawTrailers.length > 0) response.addTrailers(pairsOf(incoming.rawTrailers))
    response.end()
  }
}

/** A pipeline costs a tenth of a whole request more. */
const piped = (incoming: IncomingMessage, response: ServerResponse): Promise<void> =>
  new Promise((resolve, reject) => {
    incoming.once('end', resolve).once('error', reject)
    incoming.pipe(response, { end: false })
  })

const changedBody = (incoming: IncomingMessage, hits: readonly RequestHit[]): { body: Body; isCut: boolean } => {
  const length = incoming.headers['content-length']
  const bodyBytes = length === undefined ? undefined : Number(length)
  let body: Body = incoming
  let isCut = false
  if (!hasBody(incoming)) return { body, isCut }
  for (const { effect, ended, note } of hits) {
    if (effect.kind !== 'body' || ended.aborted) continue
    const changed = effect.change(bodyBytes)
    note(changed.figures)
    body = changed.change(body, ended)
    isCut ||= changed.isCut
  }
  return { body, isCut }
}

/** `req` is Node's request of an answer; its types leave it out. */
const hasBody = (incoming: IncomingMessage & { readonly req?: { readonly method: string } }): boolean =>
  incoming.req?.method !== 'HEAD' &&
  ![204, 304].includes(incoming.statusCode ?? 0) &&
  incoming.headers['content-length'] !== '0'

const pairsOf = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''])

/** Those that came and no others: what is removed here is what Node would add. */
const copyHeaders = (from: IncomingMessage, to: OutgoingMessage): void => {
  for (const added of ['connection', 'content-length', 'transfer-encoding']) to.removeHeader(added)
  for (const [name, value] of pairsOf(from.rawHeaders)) to.appendHeader(name, value)
}
