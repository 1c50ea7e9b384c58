import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Duplex, duplexPair } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'
import { HttpForward } from './http-forward.ts'
import type { LinkInjection, RequestHit } from './link-injection.ts'

export interface HttpSideOptions {
  readonly counts: { requests: number }
  readonly ofRequests: () => readonly LinkInjection[]
  /** RST to the client, or to both. */
  readonly resetClient: () => void
  readonly reset: () => void
  /** No more bytes come for the client. */
  readonly endClient: () => void
}

/** No limit of ours: those of the system behind are enough, and its answers are what is measured. */
const noLimits = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, maxHeaderSize: 1024 * 1024 }

/** The HTTP layer of one connection: a server for its client, and requests one after the other on its upstream socket. */
export class HttpSide {
  /** Takes what the client sends, gives what it gets. */
  readonly near: Duplex
  readonly #far: Duplex
  readonly #forward: HttpForward
  readonly #options: HttpSideOptions
  readonly #socket: Socket
  #isBusy = false
  #isUpstreamReset = false

  constructor(socket: Socket, options: HttpSideOptions) {
    const [near, far] = duplexPair()
    this.near = near
    this.#far = far
    this.#options = options
    this.#socket = socket
    this.#forward = new HttpForward(socket)
    this.#listen()
    const server = createServer(noLimits)
    server.on('request', (request, response) => this.#serve(request, response))
    server.on('checkContinue', (request, response) => this.#serve(request, response))
    server.on('checkExpectation', (request, response) => this.#serve(request, response))
    server.emit('connection', far)
  }

  destroy(): void {
    this.near.destroy()
    this.#far.destroy()
  }

  #listen(): void {
    this.near.on('error', () => undefined)
    this.#far.on('error', () => undefined)
    this.#far.once('close', () => {
      this.#options.endClient()
      this.#socket.destroy()
    })
    this.#socket.on('error', () => {
      this.#isUpstreamReset = true
    })
    this.#socket.once('end', () => this.#socket.end())
    this.#socket.once('close', () => this.#isBusy || this.#upstreamGone())
  }

  /** What happened to the upstream connection happens to the client's. */
  #upstreamGone(): void {
    if (this.#isUpstreamReset) this.#options.resetClient()
    else this.#far.end()
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    this.#options.counts.requests += 1
    this.#isBusy = true
    response.once('close', () => {
      this.#isBusy = false
      if (this.#socket.destroyed) this.#upstreamGone()
    })
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    const hits = this.#options.ofRequests().flatMap((injection) => injection.onRequest(request) ?? [])
    this.#handle({ request, response, hits }).catch(() => this.#upstreamGone())
  }

  async #handle(exchange: Exchange): Promise<void> {
    const { request, response, hits } = exchange
    for (const hit of hits) await delayed(hit, response)
    if (response.destroyed) return
    const active = hits.filter(({ ended }) => !ended.aborted)
    const isReset = active.find(({ effect }) => effect.kind === 'reset')
    if (isReset !== undefined) {
      isReset.note({})
      this.#options.reset()
    } else if (!active.some((hit) => answered(hit, request, response))) await this.#forward.pass(exchange)
  }
}

/** Waits until the delay is over, or the fault, or the client gone. */
const delayed = async ({ effect, ended, note }: RequestHit, response: ServerResponse): Promise<void> => {
  if (effect.kind !== 'delay' || ended.aborted) return
  note({ delayMs: effect.delayMs })
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const signal = AbortSignal.any([ended, gone.signal])
  await sleep(effect.delayMs, undefined, { signal }).catch(() => undefined)
}

const answered = ({ effect, note }: RequestHit, request: IncomingMessage, response: ServerResponse): boolean => {
  if (effect.kind !== 'answer') return false
  note({ status: effect.status })
  response.writeHead(effect.status, {
    'content-type': 'application/fhir+json',
    'content-length': Buffer.byteLength(effect.body),
    // A body that is waited for is not read, so that what follows could be either.
    ...(request.headers.expect !== undefined && { connection: 'close' }),
  })
  response.end(effect.body)
  return true
}
