import { Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, type RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Clock } from '../clock.ts'
import type { ClockOffset } from '../status/fault-window.ts'
import type { ApiAnswer, ApiRequest, ApiStream, Connection } from './connection.ts'
import { type Exchange, exchange, readAnswer, reason } from './exchange.ts'
import { lineStream } from './line-stream.ts'
import { withSample } from './offset-estimate.ts'

const maxSockets = 16
const maxIdleSockets = 1

/**
 * Requests by the credentials of a kubeconfig. `@kubernetes/client-node` finds and renews those; its own calls are not used, since each opens a
 * pool of connections that nobody closes, and cannot be aborted.
 */
export class KubeConnection implements Connection {
  readonly #config: KubeConfig
  readonly #clock: Clock
  readonly #server: URL
  readonly #calls: HttpAgent
  readonly #watches: HttpAgent
  #offset: ClockOffset | undefined

  /** Throws a `no-configuration` ChaosMeshError when the kubeconfig names no cluster. */
  constructor(config: KubeConfig, clock: Clock) {
    const server = config.getCurrentCluster()?.server
    if (server === undefined || !URL.canParse(server)) {
      throw new ChaosMeshError('no-configuration', `expected a cluster in the kubeconfig, got ${server ?? 'none'}`, {
        hint: 'kubectl config use-context NAME, or set KUBECONFIG',
      })
    }
    this.#config = config
    this.#clock = clock
    this.#server = new URL(server)
    const Agent = this.#server.protocol === 'https:' ? HttpsAgent : HttpAgent
    this.#calls = new Agent({ keepAlive: true, maxSockets, maxFreeSockets: maxIdleSockets })
    this.#watches = new Agent({ keepAlive: false })
  }

  async send(request: ApiRequest): Promise<ApiAnswer> {
    const sentUnixMs = this.#clock.nowUnixMs()
    const { response } = await this.#answered(request, this.#calls)
    this.#compareClocks(response, sentUnixMs)
    return readAnswer(response, this.#clock)
  }

  async stream(request: ApiRequest): Promise<ApiStream | ApiAnswer> {
    const { response, sent } = await this.#answered(request, this.#watches)
    return response.statusCode === 200 ? lineStream(response, sent) : readAnswer(response, this.#clock)
  }

  clockOffset(): ClockOffset | undefined {
    return this.#offset
  }

  close(): void {
    this.#calls.destroy()
    this.#watches.destroy()
  }

  async #answered(request: ApiRequest, agent: HttpAgent): Promise<Exchange> {
    const call = { ...request, url: this.#url(request), options: await this.#options(request, agent) }
    const first = await exchange(call, this.#clock)
    // An idle socket may have been closed by the other side just then: the request has not arrived, or not been answered.
    const isStale = first instanceof Error && first.cause === 'stale'
    const found = isStale && request.method !== 'POST' ? await exchange(call, this.#clock) : first
    if (found instanceof Error) throw unreachable(this.#server, found)
    return found
  }

  #url({ path, query = {} }: ApiRequest): URL {
    const base = this.#server.pathname.replace(/\/$/, '')
    const url = new URL(`${base}${path}`, this.#server)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }

  async #options({ method, body }: ApiRequest, agent: HttpAgent): Promise<RequestOptions> {
    const options: RequestOptions = {}
    try {
      await this.#config.applyToHTTPSOptions(options)
    } catch (error) {
      throw new ChaosMeshError('unauthorized', `expected credentials from the kubeconfig, got ${reason(error)}`, {
        hint: 'log in again, or look at the plug-in that the kubeconfig names',
      })
    }
    const hasProxy = this.#config.getCurrentCluster()?.proxyUrl !== undefined
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const headers = {
      ...options.headers,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': type }),
    }
    return { ...options, method, headers, ...(!hasProxy && { agent }) }
  }

  #compareClocks({ headers }: IncomingMessage, sentUnixMs: number): void {
    const serverUnixMs = Date.parse(headers.date ?? '')
    if (Number.isNaN(serverUnixMs)) return
    this.#offset = withSample(this.#offset, { sentUnixMs, receivedUnixMs: this.#clock.nowUnixMs(), serverUnixMs })
  }
}

const unreachable = (server: URL, error: Error): ChaosMeshError =>
  new ChaosMeshError('unreachable', `expected an answer from ${server.origin}, got ${reason(error)}`, {
    hint: 'kubectl cluster-info says whether the API server is there',
  })
