import { isDeepStrictEqual } from 'node:util'
import { FhirError } from './fhir-error.ts'
import { isRecord, isResource, type Resource } from './resource.ts'

type Operation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: readonly string[]; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: readonly string[] }
  | { readonly op: 'move' | 'copy'; readonly path: readonly string[]; readonly from: readonly string[] }

/** A parsed JSON Patch document (RFC 6902). */
export type JsonPatch = readonly Operation[]

/** Throws a FhirError 400 naming the first operation that is not RFC 6902. */
export const parseJsonPatch = (json: unknown): JsonPatch => {
  if (!Array.isArray(json)) throw new FhirError(400, 'structure', 'expected a JSON Patch array')
  return json.map((operation: unknown, index) => parseOperation(operation, index))
}

const parseOperation = (json: unknown, index: number): Operation => {
  const operation = isRecord(json) ? json : {}
  const { op, value } = operation
  if (op === 'remove') return { op, path: pointer(operation, 'path', index) }
  if (op === 'move' || op === 'copy') {
    return { op, path: pointer(operation, 'path', index), from: pointer(operation, 'from', index) }
  }
  if ((op === 'add' || op === 'replace' || op === 'test') && value !== undefined) {
    return { op, path: pointer(operation, 'path', index), value }
  }
  throw new FhirError(
    400,
    'structure',
    `expected a JSON Patch operation at index ${index}, got ${JSON.stringify(json)}`,
  )
}

/** JSON Pointer (RFC 6901). */
const pointer = (operation: Readonly<Record<string, unknown>>, member: string, index: number): readonly string[] => {
  const text = operation[member]
  if (typeof text !== 'string' || !/^(\/|$)/.test(text)) {
    throw new FhirError(
      400,
      'structure',
      `expected a JSON Pointer in ${member} of operation ${index}, got ${JSON.stringify(text)}`,
    )
  }
  return text
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * The patched copy. Throws a FhirError: 409 when a `test` does not hold, which is how the loser of a race for the same
 * resource learns of it; 422 when a path leads nowhere or the result is no longer the same resource.
 */
export const applyJsonPatch = (patch: JsonPatch, resource: Resource): Resource => {
  const patched = patch.reduce<unknown>(applyOperation, structuredClone(resource))
  if (isResource(patched) && patched.resourceType === resource.resourceType && patched.id === resource.id)
    return patched
  throw new FhirError(422, 'invalid', 'expected a patch that keeps resourceType and id, got another resource')
}

const applyOperation = (root: unknown, operation: Operation): unknown => {
  switch (operation.op) {
    case 'test':
      if (isDeepStrictEqual(valueAt(root, operation.path), operation.value)) return root
      throw new FhirError(
        409,
        'conflict',
        `test of ${at(operation.path)} failed: expected ${JSON.stringify(operation.value)}, got ${JSON.stringify(valueAt(root, operation.path))}`,
      )
    case 'add':
      return put(root, operation.path, operation.value, true)
    case 'replace':
      existing(root, operation.path)
      return put(root, operation.path, operation.value, false)
    case 'remove':
      existing(root, operation.path)
      return remove(root, operation.path)
    case 'copy':
      return put(root, operation.path, structuredClone(existing(root, operation.from)), true)
    case 'move': {
      const moved = existing(root, operation.from)
      return put(remove(root, operation.from), operation.path, moved, true)
    }
  }
}

const at = (path: readonly string[]) => `/${path.join('/')}`
const nowhere = (path: readonly string[]) => new FhirError(422, 'invalid', `expected a value at ${at(path)}, got none`)

const valueAt = (root: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined
    return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
  }, root)

const existing = (root: unknown, path: readonly string[]): unknown => {
  const value = valueAt(root, path)
  if (value === undefined) throw nowhere(path)
  return value
}

const put = (root: unknown, path: readonly string[], value: unknown, isInsert: boolean): unknown => {
  const name = path.at(-1)
  if (name === undefined) return value
  const parent = existing(root, path.slice(0, -1))
  if (Array.isArray(parent)) parent.splice(listIndex(parent, path, isInsert), isInsert ? 0 : 1, value)
  else if (isRecord(parent))
    Object.defineProperty(parent, name, { value, enumerable: true, writable: true, configurable: true })
  else throw nowhere(path)
  return root
}

const remove = (root: unknown, path: readonly string[]): unknown => {
  const parent = existing(root, path.slice(0, -1))
  if (Array.isArray(parent)) parent.splice(listIndex(parent, path, false), 1)
  else if (isRecord(parent)) Reflect.deleteProperty(parent, path.at(-1) ?? '')
  return root
}

const listIndex = (list: readonly unknown[], path: readonly string[], isInsert: boolean): number => {
  const name = path.at(-1) ?? ''
  if (isInsert && name === '-') return list.length
  const index = /^(0|[1-9]\d*)$/.test(name) ? Number(name) : Number.NaN
  if (!(index < list.length + (isInsert ? 1 : 0))) throw nowhere(path)
  return index
}
