import { createServer, type Server, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { unusedPort } from '../../clients/unused-port.ts'
import { Failure } from '../../model/failure.ts'
import { plainSide, tlsSide } from './client-side.ts'
import { Connection } from './connection.ts'
import type { LinkCounts } from './fault-proxy.ts'
import type { LinkInjection } from './link-injection.ts'
import type { LinkSpec } from './link-spec.ts'
import { UpstreamWatch } from './upstream-watch.ts'

/** What a listener with TLS shows: one or the other. */
export interface Contexts {
  readonly good: SecureContext
  readonly expired: SecureContext
}

const backlog = 4096

/** A port in front of a system, its connections, and the faults that are on it. */
export class Link {
  readonly contexts: Contexts | undefined
  readonly #host: string
  readonly #spec: LinkSpec
  readonly #server: Server
  readonly #connections = new Set<Connection>()
  readonly #injections = new Map<string, LinkInjection>()
  readonly #counts = { opened: 0, bytesToUpstream: 0, bytesToClient: 0, exchanges: 0, requests: 0 }
  readonly #watch: UpstreamWatch
  #ofRequests: readonly LinkInjection[] = []
  #port = 0
  #isClosed = false

  constructor(spec: LinkSpec, { host, contexts }: { readonly host: string; readonly contexts?: Contexts | undefined }) {
    this.#spec = spec
    this.#host = host
    this.contexts = contexts
    const options = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true }
    this.#server = createServer(options, (raw) => this.#accept(raw))
    this.#watch = new UpstreamWatch(spec.upstream, () => this.#listenAgain())
  }

  /** Resolves to the port. Throws a usage Failure when it is taken. */
  async listen(): Promise<number> {
    const { port = await unusedPort(), name } = this.#spec
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const message = `expected port ${port} free for the link ${name}, got ${error.code}`
        reject(new Failure('usage', message, `stop what listens on port ${port}, or choose another port`))
      })
      this.#server.listen({ port, host: this.#host, backlog }, resolve)
    })
    this.#server.on('error', () => undefined)
    this.#port = port
    return port
  }

  inject(injection: LinkInjection): void {
    this.#injections.set(injection.id, injection)
    this.#sortInjections()
    for (const connection of this.#connections) hit(connection, injection)
    // Behind a black hole nobody can tell that nobody listens.
    this.#watch.stop()
    this.#listenAgain()
  }

  restore(id: string): void {
    this.#injections.get(id)?.end()
    this.#injections.delete(id)
    this.#sortInjections()
    for (const connection of this.#connections) connection.lift(id)
  }

  get counts(): Omit<LinkCounts, 'hits'> {
    return { ...this.#counts, open: this.#connections.size }
  }

  close(): void {
    this.#isClosed = true
    this.#watch.stop()
    for (const id of this.#injections.keys()) this.restore(id)
    for (const connection of this.#connections) connection.reset()
    this.#server.close()
  }

  /** While the system does; what else is wrong with the way must be seen all the same. */
  #refuse(): void {
    if (!this.#isClosed && this.#injections.size === 0 && this.#watch.refused()) this.#server.close()
  }

  #listenAgain(): void {
    if (this.#isClosed || this.#server.listening) return
    this.#server.listen({ port: this.#port, host: this.#host, backlog })
  }

  #sortInjections(): void {
    this.#ofRequests = [...this.#injections.values()].filter(({ layered }) => layered.layer === 'request')
  }

  #accept(raw: Socket): void {
    this.#counts.opened += 1
    const connection: Connection = new Connection(raw, {
      upstream: this.#spec.upstream,
      counts: this.#counts,
      ofRequests: () => this.#ofRequests,
      isPlain: this.contexts === undefined,
      clientSide: (socket) => this.#clientSide(socket),
      onGone: () => this.#connections.delete(connection),
      onRefused: () => this.#refuse(),
    })
    this.#connections.add(connection)
    for (const injection of this.#injections.values()) hit(connection, injection)
    connection.start()
  }

  #clientSide(raw: Socket) {
    if (this.contexts === undefined) return plainSide(raw)
    const isExpired = [...this.#injections.values()].filter((injection) => injection.onHandshake()).length > 0
    return tlsSide(raw, isExpired ? this.contexts.expired : this.contexts.good)
  }
}

const hit = (connection: Connection, injection: LinkInjection): void => {
  const effect = injection.onConnection()
  if (effect !== undefined) connection.apply(injection.id, effect)
}
