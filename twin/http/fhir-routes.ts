import { type Context, Hono } from 'hono'
import { createdBy, etag, parseBundle, processBundle, versionedPath } from '../fhir/bundle.ts'
import { FhirError } from '../fhir/fhir-error.ts'
import { type Address, type Answer, Interactions } from '../fhir/interactions.ts'
import { parseJsonPatch } from '../fhir/json-patch.ts'
import { isResource, type Resource } from '../fhir/resource.ts'
import { searchset } from '../fhir/searchset.ts'
import { capabilityStatement } from './capability-statement.ts'
import type { Forwarded, System } from './system.ts'

const admitAll = () => {}

/** The FHIR REST interface of a system, below its base. Throws FhirErrors. */
export const fhirRoutes = (system: System): Hono => {
  const routes = new Hono({ strict: false })
  const metadata = JSON.stringify(capabilityStatement(system))
  const write = async (c: Context, created: readonly Resource[], work: (interactions: Interactions) => Answer) => {
    const admit = await admission(system, created, c)
    const answer = await system.queue.run(() => {
      const interactions = new Interactions(system.surroundings, admit)
      const done = work(interactions)
      interactions.finish(false)
      return done
    })
    return answered(c, answer, isMinimal(c))
  }

  routes.get('/metadata', (c) => fhirJson(c, metadata))
  routes.post('/', async (c) => {
    const bundle = parseBundle(await resourceBody(c))
    const request = { base: baseOf(c), isMinimal: isMinimal(c), admit: await admission(system, createdBy(bundle), c) }
    return fhirJson(c, await system.queue.run(() => processBundle(bundle, system.surroundings, request)))
  })
  routes.get('/:type', (c) => {
    const { type } = c.req.param()
    const search = c.req.url.split(/\?(.*)/s)[1] ?? ''
    if (isUpstream(system, type)) return passThrough(system, c)
    const page = new Interactions(system.surroundings, admitAll).search(type, search)
    return fhirJson(c, searchset(page, { base: baseOf(c), type, search }))
  })
  routes.post('/:type', async (c) => {
    const body = await resourceBody(c)
    return write(c, [body], (it) => it.create(c.req.param('type'), body, c.req.header('if-none-exist')))
  })
  routes.get('/:type/:id', (c) => {
    if (isUpstream(system, c.req.param('type'))) return passThrough(system, c)
    const answer = new Interactions(system.surroundings, admitAll).read(addressOf(c))
    return wantsBytes(c) ? bytes(c, answer) : answered(c, answer, false)
  })
  routes.get('/:type/:id/_history/:version', (c) => {
    const answer = new Interactions(system.surroundings, admitAll).read(addressOf(c))
    if (String(answer.row?.version) === c.req.param('version')) return answered(c, answer, false)
    throw new FhirError(404, 'not-found', `expected the current version ${answer.row?.version}, the only one kept`)
  })
  routes.put('/:type/:id', async (c) => {
    const body = await resourceBody(c)
    return write(c, [], (it) => it.update(addressOf(c), body))
  })
  routes.patch('/:type/:id', async (c) => {
    const patch = parseJsonPatch(await jsonBody(c, ['application/json-patch+json']))
    return write(c, [], (it) => it.patch(addressOf(c), patch))
  })
  routes.delete('/:type/:id', (c) => write(c, [], (it) => it.remove(addressOf(c))))

  const allowed = { '/': 'POST', '/metadata': 'GET', '/:type': 'GET, POST', '/:type/:id': 'GET, PUT, PATCH, DELETE' }
  for (const [path, methods] of Object.entries(allowed)) {
    routes.all(path, (c) => {
      throw new FhirError(405, 'not-supported', `expected ${methods}, got ${c.req.method}`).withHeaders({
        allow: methods,
      })
    })
  }
  return routes
}

const admission = async (system: System, created: readonly Resource[], c: Context) =>
  (created.length > 0 && (await system.admit?.(created, forwardedOf(c)))) || admitAll

const isUpstream = (system: System, type: string): boolean => Object.hasOwn(system.upstream?.types ?? {}, type)

const passThrough = async (system: System, c: Context): Promise<Response> => {
  const { pathname, search } = new URL(c.req.url)
  const answer = await system.upstream?.get(pathname.replace(/^\/fhir\//, '') + search, forwardedOf(c))
  return new Response(answer?.body ?? null, { status: answer?.status ?? 500, headers: { 'content-type': fhirType } })
}

const fhirType = 'application/fhir+json; charset=utf-8'

const fhirJson = (c: Context, body: string): Response => c.body(body, 200, { 'content-type': fhirType })

const answered = (c: Context, { status, row }: Answer, minimal: boolean): Response => {
  if (!row) return c.body(null, 204)
  const location = status === 201 ? { location: `${baseOf(c)}/${versionedPath(row)}` } : {}
  return c.body(minimal ? '' : row.body, status === 201 ? 201 : 200, {
    'content-type': fhirType,
    etag: etag(row),
    ...location,
  })
}

/** FHIR R4, Binary: whoever asks for something else than FHIR gets the content itself. */
const wantsBytes = (c: Context): boolean =>
  c.req.param('type') === 'Binary' && !/json|\*\/\*/.test(c.req.header('accept') ?? '*/*')

const bytes = (c: Context, { row }: Answer): Response => {
  const { contentType, data } = JSON.parse(row?.body ?? '{}')
  return c.body(Buffer.from(data ?? '', 'base64'), 200, { 'content-type': contentType })
}

const authority = (c: Context): string => c.req.header('host') ?? new URL(c.req.url).host
/** A proxy before the twin may end TLS. */
const schemeOf = (c: Context) => (c.req.header('x-forwarded-proto') === 'https' ? 'https' : 'http')
const baseOf = (c: Context): string => `${schemeOf(c)}://${authority(c)}/fhir`
const forwardedOf = (c: Context): Forwarded => ({
  host: authority(c),
  scheme: schemeOf(c),
  traceparent: c.req.header('traceparent'),
})
const isMinimal = (c: Context): boolean => /\breturn=minimal\b/.test(c.req.header('prefer') ?? '')

const addressOf = (c: Context): Address => {
  const ifMatch = c.req.header('if-match')
  return { type: c.req.param('type') ?? '', id: c.req.param('id') ?? '', ...(ifMatch !== undefined && { ifMatch }) }
}

const resourceBody = async (c: Context): Promise<Resource> => {
  const body = await jsonBody(c, ['application/fhir+json', 'application/json'])
  if (isResource(body)) return body
  throw new FhirError(400, 'structure', 'expected a JSON object with resourceType and, if any, a FHIR id')
}

const jsonBody = async (c: Context, mediaTypes: readonly string[]): Promise<unknown> => {
  const mediaType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!mediaTypes.includes(mediaType)) {
    throw new FhirError(
      415,
      'not-supported',
      `expected Content-Type ${mediaTypes.join(' or ')}, got ${mediaType || 'none'}`,
    )
  }
  try {
    return JSON.parse(await c.req.text())
  } catch (error) {
    if (error instanceof SyntaxError) throw new FhirError(400, 'structure', `expected JSON: ${error.message}`)
    throw error
  }
}
