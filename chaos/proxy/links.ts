import { createSecureContext } from 'node:tls'
import type { Rng } from '../../generators/rng.ts'
import { Failure } from '../../model/failure.ts'
import type { LinkFault } from '../../model/fault.ts'
import type { EffectLog } from './effect-log.ts'
import type { LinkCounts } from './fault-proxy.ts'
import { type Layered, layered } from './faults/layer.ts'
import { type Contexts, Link } from './link.ts'
import { LinkInjection } from './link-injection.ts'
import type { LinkInjectionRequest, LinkSpec } from './link-spec.ts'

/** All links of a proxy, and what is injected on them. */
export class Links {
  readonly #rng: Rng
  readonly #log: EffectLog
  readonly #host: string
  readonly #links = new Map<string, Link>()
  /** Links of each injection that is active. */
  readonly #active = new Map<string, readonly Link[]>()
  /** By link, then by injection; has a link before it is open. */
  readonly #hits = new Map<string, Map<string, number>>()

  /** `host`: where it listens. */
  constructor(rng: Rng, log: EffectLog, host = '127.0.0.1') {
    this.#rng = rng
    this.#log = log
    this.#host = host
  }

  async open(spec: LinkSpec): Promise<number> {
    if (this.#hits.has(spec.name)) {
      throw new Error(`expected a new name for a link, got ${spec.name} a second time`)
    }
    const link = new Link(spec, { host: this.#host, contexts: spec.tls && contextsOf(spec.tls) })
    this.#hits.set(spec.name, new Map())
    try {
      const port = await link.listen()
      this.#links.set(spec.name, link)
      return port
    } catch (error) {
      this.#hits.delete(spec.name)
      throw error
    }
  }

  inject({ id, links: names, fault }: LinkInjectionRequest): void {
    const kind = this.#checked(id, fault)
    const links = names.map((name) => ({ name, link: this.#linkOf(name, fault) }))
    this.#active.set(
      id,
      links.map(({ link }) => link),
    )
    for (const { name, link } of links) {
      const note = (line: { key: number | string; figures: Readonly<Record<string, number>> }) => {
        const hits = this.#hits.get(name)
        hits?.set(id, (hits.get(id) ?? 0) + 1)
        this.#log.add({ id, link: name, kind: fault.kind, ...line, atUnixMs: Date.now() })
      }
      link.inject(new LinkInjection({ id, layered: kind, rng: this.#rng.split(id).split(name), note }))
    }
  }

  /** Does nothing when it is not active. */
  restore(id: string): void {
    for (const link of this.#active.get(id) ?? []) link.restore(id)
    this.#active.delete(id)
  }

  counts(): Readonly<Record<string, LinkCounts>> {
    const countsOf = (name: string, link: Link) => ({
      ...link.counts,
      hits: Object.fromEntries(this.#hits.get(name) ?? []),
    })
    return Object.fromEntries([...this.#links].map(([name, link]) => [name, countsOf(name, link)]))
  }

  close(): void {
    for (const link of this.#links.values()) link.close()
  }

  #checked(id: string, fault: LinkFault): Layered {
    if (this.#active.has(id)) throw new Error(`expected a new id for an injection, got ${id}, which is active`)
    const kind = layered(fault)
    if (kind === undefined)
      throw new Error(`expected a fault that a proxy makes, in injection ${id}, got ${fault.kind}`)
    const pattern = 'route' in fault ? fault.route?.pathPattern : undefined
    if (pattern !== undefined && !isPattern(pattern)) {
      throw new Failure(
        'usage',
        `expected a regular expression as pathPattern of ${fault.kind} on ${fault.component}, got ${pattern}`,
        'mend the pattern; a bracket that is meant as such is written with a backslash',
      )
    }
    return kind
  }

  #linkOf(name: string, fault: LinkFault): Link {
    const link = this.#links.get(name)
    if (link === undefined) {
      throw new Error(
        `expected one of the links ${[...this.#links.keys()].join(', ') || '(none is open)'}, got ${name}`,
      )
    }
    if (fault.kind === 'expired-certificate' && link.contexts === undefined) {
      throw new Failure(
        'usage',
        `expected a link with TLS for ${fault.kind} on ${fault.component}, got ${name}, which is spoken to in plain HTTP`,
        `choose another fault for ${fault.component}, or a target whose proxy has TLS on that way`,
      )
    }
    return link
  }
}

const contextsOf = ({ key, cert, expiredCert }: NonNullable<LinkSpec['tls']>): Contexts => ({
  good: createSecureContext({ key, cert }),
  expired: createSecureContext({ key, cert: expiredCert }),
})

const isPattern = (pattern: string): boolean => {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}
