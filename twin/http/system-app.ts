import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { FhirError, fhirErrorOf, operationOutcome } from '../fhir/fhir-error.ts'
import type { AccessTokens } from './access-tokens.ts'
import { RequestMetrics } from './request-metrics.ts'
import type { Service } from './service.ts'
import { tokenEndpoint } from './token-endpoint.ts'

/** What the application needs beside its system. */
export interface AppOptions {
  readonly tokens: AccessTokens
  /** Gets what went wrong inside, for the log. */
  readonly log: (line: string) => void
  readonly sleep: (ms: number) => Promise<unknown>
  /** Told by `GET /health`. */
  readonly versions: Readonly<Record<string, string>>
}

/** The whole HTTP interface of a system: its base for bearers of a token, and `/token`, `/health`, `/metrics`. */
export const systemApp = (service: Service, { tokens, log, sleep, versions }: AppOptions): Hono => {
  const app = new Hono({ strict: false })
  const metrics = new RequestMetrics()
  app.use(async (c, next) => {
    const startedMs = performance.now()
    await next()
    const durationS = (performance.now() - startedMs) / 1000
    metrics.add({ method: c.req.method, route: routeOf(c.req.path, service), status: c.res.status, durationS })
  })
  app.get('/health', (c) => c.json({ status: 'pass', system: service.name, versions }))
  app.get('/metrics', (c) => c.body(metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4' }))
  const { base, maxBodyBytes } = service
  const countBytes = bodyLimit({ maxSize: maxBodyBytes, onError: () => tooLarge(maxBodyBytes) })
  app.use((c, next) => {
    const announced = c.req.header('content-length')
    if (announced === undefined) return countBytes(c, next)
    return Number(announced) > maxBodyBytes ? Promise.resolve(tooLarge(maxBodyBytes)) : next()
  })
  app.post('/token', tokenEndpoint(tokens))
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
  app.notFound((c) => refused(new FhirError(404, 'not-found', `expected a known path, got ${c.req.path}`)))
  app.onError((error) => {
    if (!(error instanceof FhirError)) log(String(error.stack))
    return refused(fhirErrorOf(error))
  })
  return app
}

const bearer = (c: Context): string => /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''

const tooLarge = (maxBodyBytes: number): Response =>
  refused(new FhirError(413, 'too-long', `expected at most ${maxBodyBytes} bytes of body, got more`))

const refused = ({ status, code, message, headers }: FhirError): Response =>
  new Response(operationOutcome(code, message), {
    status,
    headers: { 'content-type': 'application/fhir+json; charset=utf-8', ...headers },
  })

/** Paths outside the base are few. */
const routeOf = (path: string, { base, ...service }: Service): string => {
  if (path === base || path.startsWith(`${base}/`)) return service.routeOf(path)
  return ['/health', '/metrics', '/token'].includes(path) ? path : 'other'
}
