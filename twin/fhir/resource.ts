/** What every FHIR resource has; the elements beyond are read by path where they are needed. */
export interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly meta?: Readonly<Record<string, unknown>>
  readonly [element: string]: unknown
}

/** A resource that has its id. */
export type Identified = Resource & { readonly id: string }

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** FHIR R4 `id`. */
export const idPattern = /^[A-Za-z0-9\-.]{1,64}$/

/** Whether a JSON value has the shape of a resource; says nothing of its type's own elements. */
export const isResource = (value: unknown): value is Resource =>
  isRecord(value) &&
  typeof value['resourceType'] === 'string' &&
  (value['id'] === undefined || (typeof value['id'] === 'string' && idPattern.test(value['id']))) &&
  (value['meta'] === undefined || isRecord(value['meta']))

export const isIdentified = (value: unknown): value is Identified => isResource(value) && value.id !== undefined

/** The values at a path of element names; lists on the way are flattened, as in FHIRPath. */
export const valuesAt = (value: unknown, path: readonly string[], depth = 0): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path, depth))
  const name = path[depth]
  if (name === undefined) return value === undefined || value === null ? [] : [value]
  return isRecord(value) ? valuesAt(value[name], path, depth + 1) : []
}
