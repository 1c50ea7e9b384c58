import type { ImagingSystem } from '../systems/imaging.ts'
import { dicomwebRoutes } from './dicomweb-routes.ts'
import type { Service } from './service.ts'

/** The greatest image has 20 MB. */
const maxBodyBytes = 64_000_000

const known =
  /^\/dicom-web\/studies(?:\/{uid}(?:\/metadata|\/series(?:\/{uid}(?:\/metadata|\/instances\/{uid}(?:\/metadata)?)?)?)?)?$/

/** UIDs and unknown paths do not count apart. */
const routeOf = (path: string): string => {
  const route = path.replace(/\/(studies|series|instances)\/[^/]+/g, '/$1/{uid}')
  return known.test(route) ? route : 'other'
}

/** An image archive under `/dicom-web`. */
export const dicomwebService = ({ name, storing, letsIn }: ImagingSystem): Service => ({
  name,
  base: '/dicom-web',
  routes: dicomwebRoutes(storing),
  maxBodyBytes,
  routeOf,
  letsIn,
  delayMs: (method) => (method === 'GET' ? storing.store.database.delayMs : 0),
  database: storing.store.database,
})
