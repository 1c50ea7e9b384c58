import { createHmac, timingSafeEqual } from 'node:crypto'

/** A client that may ask for tokens. */
export interface Client {
  readonly clientId: string
  readonly clientSecret: string
}

/** Five minutes, as many authorization servers give by default. */
export const usualLifetimeS = 300

/**
 * Bearer tokens `expiry.client.signature`. The signing key derives from the clients' secrets, so that a token outlives a restart
 * of the process and is good at every system with the same clients.
 */
export class AccessTokens {
  readonly #clients: readonly Client[]
  readonly #key: Buffer
  readonly #now: () => number
  readonly #lifetimeS: number
  /** Tokens found good, with their expiry: one HMAC per token, not per request. */
  readonly #known = new Map<string, number>()

  constructor(clients: readonly Client[], now: () => number, lifetimeS = usualLifetimeS) {
    this.#clients = clients
    this.#key = createHmac('sha256', JSON.stringify(clients)).update('access token').digest()
    this.#now = now
    this.#lifetimeS = lifetimeS
  }

  /** A token, or undefined for wrong credentials. */
  issue({
    clientId,
    clientSecret,
  }: Client): { readonly access_token: string; readonly expires_in: number } | undefined {
    const isKnown = this.#clients.some(
      (client) => client.clientId === clientId && sameText(client.clientSecret, clientSecret),
    )
    if (!isKnown) return undefined
    const content = `${this.#now() + this.#lifetimeS * 1000}.${Buffer.from(clientId).toString('base64url')}`
    return { access_token: `${content}.${this.#sign(content)}`, expires_in: this.#lifetimeS }
  }

  isGood(token: string): boolean {
    const expiryMs = this.#known.get(token) ?? this.#verified(token)
    return expiryMs > this.#now()
  }

  #verified(token: string): number {
    const end = token.lastIndexOf('.')
    const content = token.slice(0, Math.max(end, 0))
    if (!sameText(this.#sign(content), token.slice(end + 1))) return 0
    const expiryMs = Number.parseInt(content, 10)
    if (this.#known.size >= 10_000) this.#known.clear()
    this.#known.set(token, expiryMs)
    return expiryMs
  }

  #sign(content: string): string {
    return createHmac('sha256', this.#key).update(content).digest('base64url')
  }
}

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHmac('sha256', 'compare').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
