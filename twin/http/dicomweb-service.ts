import type { ImagingSystem } from '../systems/imaging.ts'
import { dicomwebRoutes } from './dicomweb-routes.ts'
import type { Service } from './service.ts'

/** The greatest image has 20 MB. */
const maxBodyBytes = 64_000_000

/** An image archive under `/dicom-web`. */
export const dicomwebService = ({ name, storing, letsIn }: ImagingSystem): Service => ({
  name,
  base: '/dicom-web',
  routes: dicomwebRoutes(storing),
  maxBodyBytes,
  routeOf: (path) => path.replace(/\/(studies|series|instances)\/[^/]+/g, '/$1/{uid}'),
  letsIn,
  close: () => storing.store.close(),
})
