import type { Context } from 'hono'
import type { AccessTokens, Client } from './access-tokens.ts'

/** `POST /token`: OAuth 2.0 client credentials (RFC 6749 §4.4), the client named by Basic authentication or form fields. */
export const tokenEndpoint =
  (tokens: AccessTokens) =>
  async (c: Context): Promise<Response> => {
    const form = new URLSearchParams(await c.req.text())
    if (form.get('grant_type') !== 'client_credentials') return c.json({ error: 'unsupported_grant_type' }, 400)
    const token = tokens.issue(basicClient(c.req.header('authorization')) ?? formClient(form))
    if (!token) return c.json({ error: 'invalid_client' }, 401, { 'www-authenticate': 'Basic realm="collaudo"' })
    return c.json({ ...token, token_type: 'Bearer' }, 200, { 'cache-control': 'no-store' })
  }

const basicClient = (header: string | undefined): Client | undefined => {
  const [, encoded] = /^Basic (.+)$/i.exec(header ?? '') ?? []
  if (encoded === undefined) return undefined
  const [clientId = '', clientSecret = ''] = Buffer.from(encoded, 'base64').toString().split(/:(.*)/s)
  return { clientId, clientSecret }
}

const formClient = (form: URLSearchParams): Client => ({
  clientId: form.get('client_id') ?? '',
  clientSecret: form.get('client_secret') ?? '',
})
