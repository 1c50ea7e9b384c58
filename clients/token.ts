import { Failure } from '../model/failure.ts'
import type { TargetAuth } from '../model/target.ts'
import type { Fetch } from './fetch-of.ts'
import { noAnswer } from './no-answer.ts'

/**
 * Gives the headers that authorize a request; gets or renews a token when it must. `refused`: headers that it gave, and that
 * the server did not take; a token among them is given up, as when a server has forgotten its tokens over a restart.
 */
export type Authorize = (refused?: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, string>>>

/** What is read of the environment, so that secrets are named and never passed around. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The clock in Unix ms, and how the token endpoint is asked; absent: by the global fetch. */
export interface TokenSurroundings {
  readonly now: () => number
  readonly fetch?: Fetch
}

/** Renew this long before the server's own expiry, so that no request carries a token that dies under way. */
const renewBeforeMs = 10_000

/**
 * The authorizer of a target's `auth`. Throws a usage Failure when a named variable is not set;
 * the returned function throws a usage Failure when the token endpoint refuses the credentials or does not answer.
 */
export const authorizer = (auth: TargetAuth, env: Environment, around: TokenSurroundings): Authorize => {
  switch (auth.kind) {
    case 'none':
      return async () => ({})
    case 'bearer': {
      const token = secret(env, auth.tokenEnv)
      return async () => ({ authorization: `Bearer ${token}` })
    }
    case 'client-credentials':
      return clientCredentials(
        auth.tokenUrl,
        `${secret(env, auth.clientIdEnv)}:${secret(env, auth.clientSecretEnv)}`,
        around,
      )
  }
}

/** A secret by the name of its variable. Throws a usage Failure when that is not set. */
export const secret = (env: Environment, name: string): string => {
  const value = env[name]
  if (value === undefined || value === '') {
    throw new Failure('usage', `expected a secret in the environment variable ${name}, got none`, `export ${name}=…`)
  }
  return value
}

const clientCredentials = (tokenUrl: string, credentials: string, around: TokenSurroundings): Authorize => {
  let token = { value: '', validUntilMs: 0 }
  return async (refused) => {
    const isRefused = refused?.['authorization'] === `Bearer ${token.value}`
    if (isRefused || around.now() >= token.validUntilMs) token = await fetchToken(tokenUrl, credentials, around)
    return { authorization: `Bearer ${token.value}` }
  }
}

const fetchToken = async (tokenUrl: string, credentials: string, { now, fetch: send = fetch }: TokenSurroundings) => {
  const response = await post(tokenUrl, credentials, send)
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok || !isToken(body)) {
    throw new Failure(
      'usage',
      `expected an access token from ${tokenUrl}, got ${response.status}`,
      'check the client id and secret in the environment variables that the target names',
    )
  }
  return { value: body.access_token, validUntilMs: now() + (body.expires_in ?? 300) * 1000 - renewBeforeMs }
}

const post = async (tokenUrl: string, credentials: string, send: Fetch): Promise<Response> => {
  try {
    return await send(tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      signal: AbortSignal.timeout(10_000),
    })
  } catch (error) {
    throw new Failure(
      'usage',
      `expected an access token from ${tokenUrl}, got ${noAnswer(error)}`,
      'start what gives tokens, or correct the tokenUrl in the target’s YAML',
    )
  }
}

const isToken = (body: unknown): body is { access_token: string; expires_in?: number } =>
  typeof body === 'object' && body !== null && 'access_token' in body && typeof body.access_token === 'string'
