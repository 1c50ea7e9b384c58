import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ClientSide } from './client-side.ts'
import type { StreamEffect } from './faults/effect-of-stream.ts'
import { HttpSide } from './http-side.ts'
import { Lane } from './lane.ts'
import type { LinkInjection } from './link-injection.ts'
import { accepted, connected } from './one-buffer.ts'
import { bytesOf, type Piece } from './piece.ts'

/** What a connection asks of its link. */
export interface ConnectionSurroundings {
  readonly upstream: { readonly host: string; readonly port: number }
  readonly counts: { bytesToUpstream: number; bytesToClient: number; exchanges: number; requests: number }
  /** Injections that hit requests one by one. */
  readonly ofRequests: () => readonly LinkInjection[]
  /** Without TLS. */
  readonly isPlain: boolean
  /** Begins to speak with the client. */
  readonly clientSide: (raw: Socket) => ClientSide
  readonly onGone: () => void
  /** Nobody listens where the system was. */
  readonly onRefused: () => void
}

/** The second and the third: the name or the address of a container that is not up. */
const nobodyThere: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH'])

/** A method and a space, or the first letters of one. */
const requestStart = /^(?:[A-Z]{1,10}$|[A-Z]{3,10} )/

/**
 * One client and its connection upstream: raw bytes both ways, through what the faults hold. While requests are hit one by one it
 * changes over to HTTP where the next request begins, and stays there.
 */
export class Connection {
  readonly #raw: Socket
  readonly #around: ConnectionSurroundings
  readonly #resetTimers = new Map<string, NodeJS.Timeout>()
  readonly #toUpstream: Lane
  readonly #toClient: Lane
  #client: Duplex | undefined
  #upstream: Duplex | undefined
  #socket: Socket | undefined
  #http: HttpSide | undefined
  /** The last bytes came from upstream: those that the client sends next begin a request. */
  #isBetween = true
  #exchange = 0

  constructor(raw: Socket, around: ConnectionSurroundings) {
    this.#raw = around.isPlain ? accepted(raw, (chunk) => this.#acceptClient(chunk)) : raw
    this.#around = around
    const exchange = () => this.#exchange
    const client = () => this.#client
    const upstream = () => this.#upstream
    this.#toUpstream = new Lane({
      from: client,
      to: upstream,
      exchange,
      deliver: (piece) => this.#deliverUpstream(piece),
    })
    this.#toClient = new Lane({
      from: upstream,
      to: client,
      exchange,
      deliver: (piece) => this.#deliverToClient(piece),
    })
    this.#raw.on('error', () => undefined)
    this.#raw.once('close', () => this.#clientGone())
  }

  /** Call once, after the faults that are there were applied. */
  start(): void {
    this.#toUpstream.accept('open')
  }

  apply(id: string, { toUpstream, toClient, resetAfterMs }: StreamEffect): void {
    if (toUpstream !== undefined) this.#toUpstream.add(id, toUpstream)
    if (toClient !== undefined) this.#toClient.add(id, toClient)
    if (resetAfterMs === 0) this.reset()
    else if (resetAfterMs !== undefined)
      this.#resetTimers.set(
        id,
        setTimeout(() => this.reset(), resetAfterMs),
      )
  }

  lift(id: string): void {
    clearTimeout(this.#resetTimers.get(id))
    this.#resetTimers.delete(id)
    this.#toUpstream.remove(id)
    this.#toClient.remove(id)
  }

  /** RST to both sides. */
  reset(): void {
    this.#resetClient()
    this.#resetUpstream()
  }

  #open(): void {
    if (this.#raw.destroyed) return
    const side = this.#around.clientSide(this.#raw)
    this.#client = side.stream
    side.stream.on('error', () => this.#toUpstream.accept('reset'))
    side.stream.once('end', () => this.#toUpstream.accept('end'))
    side.whenReady(() => this.#connect(side.stream))
  }

  #connect(client: Duplex): void {
    if (this.#raw.destroyed) return
    const socket = connected(this.#around.upstream, (chunk) => this.#acceptUpstream(chunk))
    this.#socket = socket
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (nobodyThere.has(code ?? '')) this.#around.onRefused()
      if (this.#http === undefined) this.#toClient.accept('reset')
    })
    socket.once('close', () => this.#checkGone())
    this.#listenUpstream(socket)
    if (!this.#around.isPlain) client.on('data', (chunk: Buffer) => this.#acceptClient(chunk))
    client.on('drain', () => this.#toClient.settle())
    client.resume()
  }

  #listenUpstream(upstream: Duplex): void {
    this.#upstream = upstream
    upstream.on('drain', this.#onUpstreamDrain)
    upstream.once('end', this.#onUpstreamEnd)
  }

  #acceptClient(chunk: Buffer): boolean {
    this.#around.counts.bytesToUpstream += chunk.length
    const isRaw = this.#http === undefined
    const isKept = this.#acceptFrom(chunk, this.#toUpstream, isRaw ? this.#socket : undefined)
    const hasChangedOver = isRaw && this.#http !== undefined
    return isKept || hasChangedOver
  }

  #acceptUpstream(chunk: Buffer): boolean {
    if (this.#http !== undefined) {
      this.#socket?.emit('data', Buffer.from(chunk))
      return false
    }
    this.#isBetween = true
    return this.#acceptFrom(chunk, this.#toClient, this.#around.isPlain ? this.#raw : undefined)
  }

  /** Whether the chunk is still in use. Only where it goes straight into a socket it is not copied. */
  #acceptFrom(chunk: Buffer, lane: Lane, to: Socket | undefined): boolean {
    const isStraight = to !== undefined && lane.isStraight
    lane.accept(isStraight ? chunk : Buffer.from(chunk))
    return isStraight && to.writableLength > 0
  }

  readonly #onUpstreamDrain = (): void => this.#toUpstream.settle()

  readonly #onUpstreamEnd = (): void => this.#toClient.accept('end')

  #deliverUpstream(piece: Piece): void {
    if (piece === 'open') this.#open()
    else if (piece === 'reset') this.#resetUpstream()
    else if (piece === 'end') this.#endUpstream()
    else {
      if (this.#isBetween) this.#beginExchange(piece)
      this.#upstream?.write(piece)
    }
  }

  /** A client that leaves in mid-handshake was never connected. */
  #endUpstream(): void {
    if (this.#upstream === undefined) this.#resetClient()
    else this.#upstream.end()
  }

  #deliverToClient(piece: Piece): void {
    const client = this.#client
    if (piece === 'reset') this.#resetClient()
    else if (piece === 'end') client?.end()
    else if (client?.writable && typeof piece !== 'string') {
      this.#around.counts.bytesToClient += bytesOf(piece)
      client.write(piece)
    }
  }

  #beginExchange(piece: Buffer): void {
    this.#isBetween = false
    this.#exchange += 1
    this.#around.counts.exchanges += 1
    const isHttpAsked = this.#http === undefined && this.#around.ofRequests().length > 0
    if (isHttpAsked && requestStart.test(piece.toString('latin1', 0, 11))) this.#changeOver()
  }

  /** From here on an HTTP server reads what the client sends, and speaks upstream on the connection that is there. */
  #changeOver(): void {
    const socket = this.#socket
    if (socket === undefined) return
    socket.off('drain', this.#onUpstreamDrain).off('end', this.#onUpstreamEnd)
    this.#http = new HttpSide(socket, {
      ...this.#around,
      reset: () => this.reset(),
      resetClient: () => this.#toClient.accept('reset'),
      endClient: () => this.#toClient.accept('end'),
    })
    this.#listenUpstream(this.#http.near)
    this.#http.near.on('data', (chunk: Buffer) => {
      this.#isBetween = true
      this.#toClient.accept(chunk)
    })
    this.#toClient.settle()
  }

  #clientGone(): void {
    this.#toClient.discard()
    this.#checkGone()
  }

  #resetClient(): void {
    if (!this.#raw.destroyed) this.#raw.resetAndDestroy()
    this.#client?.destroy()
  }

  #resetUpstream(): void {
    this.#http?.destroy()
    if (this.#socket?.destroyed === false) this.#socket.resetAndDestroy()
  }

  #checkGone(): void {
    const isUpstreamGone = this.#socket?.destroyed ?? true
    if (!this.#raw.destroyed || !isUpstreamGone) return
    for (const timer of this.#resetTimers.values()) clearTimeout(timer)
    this.#toUpstream.discard()
    this.#toClient.discard()
    this.#around.onGone()
  }
}
