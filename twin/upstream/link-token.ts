import type { Authorize } from '../../clients/token.ts'
import type { Client } from '../http/access-tokens.ts'
import type { Call } from './call.ts'
import { unavailable } from './unavailable.ts'

/** Renewed this long before its end, or at half of its life if that is shorter: what gives tokens may be away for a while. */
const renewBeforeMs = 60_000

interface Token {
  readonly headers: Readonly<Record<string, string>>
  readonly renewAtMs: number
  readonly endMs: number
}

/**
 * What a system shows to another one: a token of its own, which it gets before the old one has ended and keeps using while there
 * is no new one. Requests that need one wait for the same. Throws a FhirError 503 when there is none.
 */
export const linkToken = (
  { clientId, clientSecret }: Client,
  { tokenUrl, call, elapsedMs }: TokenSource,
): Authorize => {
  let token: Token | undefined
  let coming: Promise<Token> | undefined
  const renewed = (): Promise<Token> => {
    coming ??= fetchToken().finally(() => {
      coming = undefined
    })
    return coming
  }
  const fetchToken = async (): Promise<Token> => {
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
    const { status, body } = await call({
      method: 'POST',
      url: tokenUrl,
      headers,
      body: 'grant_type=client_credentials',
    })
    if (status !== 200) throw unavailable(`expected a token from ${tokenUrl}, got ${status}`)
    const { access_token, expires_in } = JSON.parse(body)
    const lifeMs = Number(expires_in) * 1000
    const endMs = elapsedMs() + lifeMs
    token = {
      headers: { authorization: `Bearer ${access_token}` },
      renewAtMs: endMs - Math.min(renewBeforeMs, lifeMs / 2),
      endMs,
    }
    return token
  }
  return async (refused) => {
    const known = token
    const isGood = known !== undefined && elapsedMs() < known.endMs && refused !== known.headers
    if (!isGood) return (await renewed()).headers
    // A failure shows when there is no good one left.
    if (elapsedMs() >= known.renewAtMs) renewed().catch(() => {})
    return known.headers
  }
}

export interface TokenSource {
  readonly tokenUrl: string
  readonly call: Call
  readonly elapsedMs: () => number
}
