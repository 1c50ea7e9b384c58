import { type Context, Hono } from 'hono'
import { findStudies, seriesOf } from '../dicomweb/find-studies.ts'
import type { StoredImage } from '../dicomweb/image-store.ts'
import { metadataOf } from '../dicomweb/metadata.ts'
import { dicomBoundary, partsOf } from '../dicomweb/multipart.ts'
import { retrieveImages } from '../dicomweb/retrieve-images.ts'
import { type Storing, storeImages } from '../dicomweb/store-images.ts'
import { FhirError } from '../fhir/fhir-error.ts'

const dicomJsonType = 'application/dicom+json'

/** STOW-RS, QIDO-RS and WADO-RS (DICOM PS3.18), below their base, and DELETE of a study. Throws FhirErrors. */
export const dicomwebRoutes = (storing: Storing): Hono => {
  const { store, queue, newId } = storing
  const routes = new Hono({ strict: false })
  const found = (c: Context): readonly StoredImage[] => {
    const { study = '', series, instance } = c.req.param()
    const images = store.instances({ study, series, instance })
    if (images.length > 0) return images
    throw new FhirError(404, 'not-found', `expected a stored image, got none at ${c.req.path}`)
  }
  const json = (c: Context, body: unknown) => c.body(JSON.stringify(body), 200, { 'content-type': dicomJsonType })
  const retrieve = (c: Context) => {
    mustAccept(c)
    const { contentType, sizeBytes, stream } = retrieveImages(store, found(c), newId())
    return c.body(stream, 200, { 'content-type': contentType, 'content-length': String(sizeBytes) })
  }
  const metadata = async (c: Context) => json(c, await metadataOf(store, found(c)))
  const keep = async (c: Context) => {
    const { status, body } = await storeImages(await partsIn(c), c.req.param('study'), storing)
    return c.body(JSON.stringify(body), status, { 'content-type': dicomJsonType })
  }

  routes.post('/studies', keep)
  routes.post('/studies/:study', keep)
  routes.get('/studies', (c) => json(c, findStudies(store, new URL(c.req.url).searchParams)))
  routes.get('/studies/:study/series', (c) => json(c, seriesOf(store, c.req.param('study'))))
  for (const path of [
    '/studies/:study',
    '/studies/:study/series/:series',
    '/studies/:study/series/:series/instances/:instance',
  ]) {
    routes.get(path, retrieve)
    routes.get(`${path}/metadata`, metadata)
  }
  routes.delete('/studies/:study', async (c) => {
    const files = await queue.run(() => store.remove(c.req.param('study')))
    await store.discard(files)
    return c.body(null, 204)
  })
  return routes
}

/** Whole images or nothing: a client that asks for rendered ones, or for single frames, has to look elsewhere. */
const mustAccept = (c: Context): void => {
  const accept = c.req.header('accept') ?? '*/*'
  if (/multipart\/related|\*\/\*/.test(accept)) return
  throw new FhirError(406, 'not-supported', `expected to be asked for multipart/related, got ${accept}`)
}

const partsIn = async (c: Context) => {
  const contentType = c.req.header('content-type') ?? ''
  const boundary = dicomBoundary(contentType)
  if (boundary === undefined) {
    const wanted = 'multipart/related; type="application/dicom"; boundary=…'
    throw new FhirError(415, 'not-supported', `expected Content-Type ${wanted}, got ${contentType || 'none'}`)
  }
  const parts = partsOf(Buffer.from(await c.req.arrayBuffer()), boundary)
  if (parts) return parts
  throw new FhirError(400, 'structure', 'expected a body of whole parts up to the final boundary')
}
