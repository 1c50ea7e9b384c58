import type { Context, Hono } from 'hono'
import { FhirError } from '../fhir/fhir-error.ts'
import { type AppOptions, observedApp } from './observed-app.ts'
import type { Service } from './service.ts'

/** The whole HTTP interface of a system: its base for bearers of a token, and `/health`, `/metrics`. */
export const systemApp = (service: Service, options: AppOptions): Hono => {
  const { tokens, sleep } = options
  const { name, base, maxBodyBytes } = service
  const routeOf = (path: string) => (path === base || path.startsWith(`${base}/`) ? service.routeOf(path) : otherRoute)
  const app = observedApp({ name, maxBodyBytes, routeOf }, options)
  app.use(`${base}/*`, async (c, next) => {
    const isOpen = service.isOpen?.(c.req.path) || tokens.isGood(bearer(c))
    if (!isOpen && !service.letsIn?.()) {
      throw new FhirError(401, 'login', 'expected a valid bearer token').withHeaders({ 'www-authenticate': 'Bearer' })
    }
    const delayMs = service.delayMs?.(c.req.method, c.req.path) ?? 0
    if (delayMs > 0) await sleep(delayMs)
    await next()
  })
  app.route(base, service.routes)
  return app
}

/** Paths outside the base are few, and nobody needs them. */
const otherRoute = 'other'

const bearer = (c: Context): string => /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
