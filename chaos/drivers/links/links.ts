import { parseComponent } from '../../../model/component.ts'
import type { Certificates } from '../../proxy/certificates.ts'
import type { FaultProxy } from '../../proxy/fault-proxy.ts'

/** Ways that are spoken in TLS, and with what. */
export interface Encryption {
  readonly ways: readonly string[]
  readonly certificates: Certificates
}

/** The ways into and between systems, each with a proxy in it. */
export class Links {
  readonly proxy: FaultProxy
  readonly #encryption: Encryption | undefined
  readonly #origins = new Map<string, string>()

  constructor(proxy: FaultProxy, encryption?: Encryption) {
    this.proxy = proxy
    this.#encryption = encryption
  }

  /** Whom to trust on a way that is spoken in TLS; PEM. */
  get ca(): string | undefined {
    return this.#encryption?.certificates.ca
  }

  /** Puts a proxy into a way and resolves to the address that whoever asks is told. */
  readonly via = async (way: string, origin: string): Promise<string> => {
    const { hostname: host, port } = new URL(origin)
    const tls = this.#encryption?.ways.includes(way) ? this.#encryption.certificates : undefined
    const opened = await this.proxy.open({ name: way, upstream: { host, port: Number(port) }, ...(tls && { tls }) })
    const through = (at: string) => `${tls ? 'https' : 'http'}://${at}:${opened.port}`
    this.#origins.set(way, through('127.0.0.1'))
    return through(way.startsWith('clients→') ? '127.0.0.1' : this.proxy.peerHost)
  }

  /** Address of a way, with its proxy. Throws a RangeError for one that is not there. */
  originOf(way: string): string {
    const origin = this.#origins.get(way)
    if (origin !== undefined) return origin
    throw new RangeError(`expected a way of ${[...this.#origins.keys()].join(', ')}, got ${way}`)
  }

  /** The ways that a component stands for: itself, or every way into a system. */
  waysOf(component: string): readonly string[] {
    const parsed = parseComponent(component)
    const ways = [...this.#origins.keys()]
    if (parsed?.kind === 'system') return ways.filter((way) => way.endsWith(`→${parsed.system}`))
    return ways.filter((way) => way === component)
  }
}
