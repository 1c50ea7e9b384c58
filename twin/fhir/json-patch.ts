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
  const patched = patch.reduce<unknown>(applyOperation, resource)
  if (isResource(patched) && patched.resourceType === resource.resourceType && patched.id === resource.id)
    return patched
  throw new FhirError(422, 'invalid', 'expected a patch that keeps resourceType and id, got another resource')
}

const applyOperation = (root: unknown, operation: Operation): unknown => {
  const { op, path } = operation
  switch (op) {
    case 'test':
      checkEqual(path, operation.value, valueAt(root, path))
      return root
    case 'add':
      return changed(root, path, { kind: 'insert', value: operation.value })
    case 'replace':
      return changed(root, path, { kind: 'replace', value: operation.value })
    case 'remove':
      return changed(root, path, { kind: 'remove' })
    case 'copy':
      return changed(root, path, { kind: 'insert', value: existing(root, operation.from) })
    case 'move': {
      const value = existing(root, operation.from)
      return changed(changed(root, operation.from, { kind: 'remove' }), path, { kind: 'insert', value })
    }
  }
}

const at = (path: readonly string[]) => `/${path.join('/')}`
const nowhere = (path: readonly string[]) => new FhirError(422, 'invalid', `expected a value at ${at(path)}, got none`)

const checkEqual = (path: readonly string[], expected: unknown, got: unknown): void => {
  if (isDeepStrictEqual(got, expected)) return
  const [want, have] = [expected, got].map((value) => JSON.stringify(value))
  throw new FhirError(409, 'conflict', `test of ${at(path)} failed: expected ${want}, got ${have}`)
}

const isIndex = (name: string): boolean => /^(0|[1-9]\d*)$/.test(name)

const child = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return isIndex(name) ? value[Number(name)] : undefined
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

const valueAt = (root: unknown, path: readonly string[]): unknown => path.reduce(child, root)

const existing = (root: unknown, path: readonly string[]): unknown => {
  const value = valueAt(root, path)
  if (value === undefined) throw nowhere(path)
  return value
}

type Edit = { readonly kind: 'insert' | 'replace'; readonly value: unknown } | { readonly kind: 'remove' }

/** A copy of the value with the edit made at the path; what the path does not touch is shared. */
const changed = (value: unknown, path: readonly string[], edit: Edit): unknown => {
  const [name, ...rest] = path
  if (name === undefined) return edit.kind === 'remove' ? undefined : edit.value
  const isLast = rest.length === 0
  if (edit.kind !== 'insert' || !isLast) existing(value, [name])
  const next = isLast && edit.kind === 'remove' ? [] : [changed(child(value, name), rest, edit)]
  if (Array.isArray(value))
    return value.toSpliced(listIndex(value, name), isLast && edit.kind === 'insert' ? 0 : 1, ...next)
  if (!isRecord(value)) throw nowhere(path)
  const { [name]: _, ...others } = value
  return next.length === 0 ? others : { ...value, [name]: next[0] }
}

const listIndex = (list: readonly unknown[], name: string): number => {
  const index = name === '-' ? list.length : isIndex(name) ? Number(name) : Number.NaN
  if (index <= list.length) return index
  throw new FhirError(422, 'invalid', `expected an index up to ${list.length}, got ${name}`)
}
