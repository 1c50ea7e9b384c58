import type { IncomingMessage } from 'node:http'
import type { Rng } from '../../generators/rng.ts'
import type { EffectLine } from './effect-log.ts'
import type { RequestEffect } from './faults/effect-of-request.ts'
import type { StreamEffect } from './faults/effect-of-stream.ts'
import type { Layered } from './faults/layer.ts'
import { type RequestFault, requestEffect } from './faults/request-effect.ts'
import { streamEffect } from './faults/stream-effect.ts'

/** A request that is hit, before its effect is there. */
export interface RequestHit {
  readonly effect: RequestEffect
  /** Fires when the fault is over. */
  readonly ended: AbortSignal
  /** Logs that the effect is there. */
  note(figures: EffectLine['figures']): void
}

export interface LinkInjectionOptions {
  readonly id: string
  readonly layered: Layered
  /** Of this injection on this link. */
  readonly rng: Rng
  readonly note: (line: Pick<EffectLine, 'key' | 'figures'>) => void
}

/**
 * An injection on one link: which connections or requests it hits. That is drawn by their number or their `traceparent`,
 * never by what else was drawn before, so it does not depend on how they interleave.
 */
export class LinkInjection {
  readonly id: string
  readonly layered: Layered
  readonly #ended = new AbortController()
  readonly #rng: Rng
  readonly #note: LinkInjectionOptions['note']
  readonly #path: RegExp | undefined
  #connections = 0
  #untraced = 0

  constructor({ id, layered, rng, note }: LinkInjectionOptions) {
    this.id = id
    this.layered = layered
    this.#rng = rng
    this.#note = note
    const pattern = layered.layer === 'request' ? layered.fault.route?.pathPattern : undefined
    this.#path = pattern === undefined ? undefined : new RegExp(pattern)
  }

  /** The next connection of the link. */
  onConnection(): StreamEffect | undefined {
    if (this.layered.layer !== 'stream') return undefined
    const { fault } = this.layered
    const key = this.#connections++
    const rng = this.#rng.split('connection').at(key)
    if (!isHit('shareRatio' in fault ? fault.shareRatio : undefined, rng)) return undefined
    const effect = streamEffect(fault, rng.split('effect'))
    this.#note({ key, figures: effect.figures })
    return effect
  }

  onRequest(request: IncomingMessage): RequestHit | undefined {
    if (this.layered.layer !== 'request' || !this.#matches(this.layered.fault, request)) return undefined
    const { fault } = this.layered
    const { traceparent } = request.headers
    const key = typeof traceparent === 'string' ? traceparent : this.#untraced++
    const requests = this.#rng.split('request')
    const rng = typeof key === 'string' ? requests.split(key) : requests.at(key)
    if (!isHit(fault.shareRatio, rng)) return undefined
    return {
      effect: requestEffect(fault, rng.split('effect')),
      ended: this.#ended.signal,
      note: (figures) => this.#note({ key, figures }),
    }
  }

  /** Whether the next handshake of the link is to be made with the expired certificate. */
  onHandshake(): boolean {
    if (this.layered.layer !== 'certificate') return false
    this.#note({ key: this.#connections++, figures: {} })
    return true
  }

  end(): void {
    this.#ended.abort()
  }

  #matches({ route }: RequestFault, { method, url = '' }: IncomingMessage): boolean {
    return (route?.method === undefined || route.method === method) && (this.#path?.test(url) ?? true)
  }
}

const isHit = (shareRatio: number | undefined, rng: Rng): boolean =>
  shareRatio === undefined || rng.float() < shareRatio
