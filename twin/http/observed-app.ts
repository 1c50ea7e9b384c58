import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { FhirError, fhirErrorOf, operationOutcome } from '../fhir/fhir-error.ts'
import { storageRefusal } from '../store/storage-error.ts'
import type { AccessTokens } from './access-tokens.ts'
import { RequestMetrics } from './request-metrics.ts'

/** What an application needs beside what it serves. */
export interface AppOptions {
  readonly tokens: AccessTokens
  /** The clock of the process; told by `GET /health`. */
  readonly now: () => number
  /** Gets what went wrong inside, for the log. */
  readonly log: (line: string) => void
  readonly sleep: (ms: number) => Promise<unknown>
  /** Told by `GET /health`. */
  readonly versions: Readonly<Record<string, string>>
}

/** What is served below `/health` and `/metrics`. */
export interface Observed {
  readonly name: string
  /** Larger bodies are refused. */
  readonly maxBodyBytes: number
  /** A label of few values for a path. */
  routeOf(path: string): string
}

/** An application that tells how it is (`/health`, `/metrics`) and refuses bodies that are too large; its routes come after. */
export const observedApp = ({ name, maxBodyBytes, routeOf }: Observed, { now, log, versions }: AppOptions): Hono => {
  const app = new Hono({ strict: false })
  const metrics = new RequestMetrics()
  app.use(async (c, next) => {
    const startedMs = performance.now()
    await next()
    const durationS = (performance.now() - startedMs) / 1000
    const route = ['/health', '/metrics'].includes(c.req.path) ? c.req.path : routeOf(c.req.path)
    metrics.add({ method: c.req.method, route, status: c.res.status, durationS })
  })
  app.get('/health', (c) => c.json({ status: 'pass', system: name, nowUnixMs: now(), versions }))
  app.get('/metrics', (c) => c.body(metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4' }))
  const countBytes = bodyLimit({ maxSize: maxBodyBytes, onError: () => tooLarge(maxBodyBytes) })
  app.use((c, next) => {
    const announced = c.req.header('content-length')
    if (announced === undefined) return countBytes(c, next)
    return Number(announced) > maxBodyBytes ? Promise.resolve(tooLarge(maxBodyBytes)) : next()
  })
  app.notFound((c) => refused(new FhirError(404, 'not-found', `expected a known path, got ${c.req.path}`)))
  app.onError((error) => {
    const known = error instanceof FhirError ? error : storageRefusal(error)
    if (!known) log(String(error.stack))
    return refused(known ?? fhirErrorOf(error))
  })
  return app
}

const tooLarge = (maxBodyBytes: number): Response =>
  refused(new FhirError(413, 'too-long', `expected at most ${maxBodyBytes} bytes of body, got more`))

const refused = ({ status, code, message, headers }: FhirError): Response =>
  new Response(operationOutcome(code, message), {
    status,
    headers: { 'content-type': 'application/fhir+json; charset=utf-8', ...headers },
  })
