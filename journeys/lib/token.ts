import encoding from 'k6/encoding'
import http from 'k6/http'
import { target } from './settings.ts'

/** Renew this long before the expiry that the server gives. */
const renewBeforeMs = 10_000

let token = { value: '', endsUnixMs: 0 }

/** Whether the next request needs a token that the actor has not got. */
export const needsToken = (): boolean =>
  target.auth.kind === 'client-credentials' && Date.now() >= token.endsUnixMs - renewBeforeMs

/** Forgets the actor's token, after a 401; false where there is none to renew. */
export const dropToken = (): boolean => {
  token = { value: '', endsUnixMs: 0 }
  return target.auth.kind === 'client-credentials'
}

/** The request of somebody in a stream for a token; `keepToken` takes its answer. Only for client credentials. */
export const requestToken = (headers: Record<string, string>, stream: string) => {
  if (target.auth.kind !== 'client-credentials') throw new Error(`expected client credentials, got ${target.auth.kind}`)
  const { tokenUrl, clientIdEnv, clientSecretEnv } = target.auth
  const credentials = encoding.b64encode(`${__ENV[clientIdEnv] ?? ''}:${__ENV[clientSecretEnv] ?? ''}`)
  return http.post(target.nearEnds?.[stream]?.tokenUrl ?? tokenUrl, 'grant_type=client_credentials', {
    headers: { ...headers, Authorization: `Basic ${credentials}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    timeout: target.requestTimeoutMs,
    responseType: 'text',
  })
}

export const keepToken = (body: string): void => {
  const answer: { access_token: string; expires_in?: number } = JSON.parse(body)
  token = { value: answer.access_token, endsUnixMs: Date.now() + (answer.expires_in ?? 300) * 1000 }
  first ??= token
}

/** The first token that the actor ever had. */
let first: typeof token | undefined

/** The Authorization header of a token that was good once and that no server may take any more; empty before there is one. */
export const endedAuthorization = (): string => {
  if (target.auth.kind !== 'client-credentials' || !first) return ''
  return Date.now() >= first.endsUnixMs + target.tokenLeewayMs ? `Bearer ${first.value}` : ''
}

/** The value of the Authorization header; empty where the target wants none. */
export const authorization = (): string => {
  switch (target.auth.kind) {
    case 'none':
      return ''
    case 'bearer':
      return `Bearer ${__ENV[target.auth.tokenEnv] ?? ''}`
    case 'client-credentials':
      return `Bearer ${token.value}`
  }
}
