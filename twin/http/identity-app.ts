import type { Hono } from 'hono'
import { type AppOptions, observedApp } from './observed-app.ts'
import { tokenEndpoint } from './token-endpoint.ts'

/** A request for a token has a few hundred bytes. */
const maxBodyBytes = 64_000

/** The HTTP interface of what gives tokens: `POST /token`, and `/health`, `/metrics`. */
export const identityApp = (options: AppOptions): Hono => {
  const routeOf = (path: string) => (path === '/token' ? path : 'other')
  const app = observedApp({ name: 'identity', maxBodyBytes, routeOf }, options)
  app.post('/token', tokenEndpoint(options.tokens))
  return app
}
