import { fhirRoutes } from './fhir-routes.ts'
import type { Service } from './service.ts'
import type { System } from './system.ts'

/** Half as much again as the largest bundle that is sent here; a dozen at once still fit the heap. */
const maxBodyBytes = 10_000_000

/** A FHIR system under `/fhir`. */
export const fhirService = (system: System): Service => {
  const { interference, store, types } = system.surroundings
  const isRead = (method: string, path: string) => method === 'GET' && Object.hasOwn(types, path.split('/')[2] ?? '')
  return {
    name: system.name,
    base: '/fhir',
    routes: fhirRoutes(system),
    maxBodyBytes,
    routeOf: (path) => routeOf(path, system),
    isOpen: (path) => path === '/fhir/metadata',
    letsIn: () => interference.letsIn?.() ?? false,
    delayMs: (method, path) =>
      (interference.delayMs?.(method, path) ?? 0) + (isRead(method, path) ? store.database.delayMs : 0),
    database: store.database,
  }
}

/** Ids and unknown types do not count apart. */
const routeOf = (path: string, { surroundings, upstream }: System): string => {
  const [, , type, id] = path.split('/')
  if (type === undefined || type === '') return '/fhir'
  const isKnown = type === 'metadata' || Object.hasOwn({ ...surroundings.types, ...upstream?.types }, type)
  return isKnown ? `/fhir/${type}${id === undefined ? '' : '/{id}'}` : 'other'
}
