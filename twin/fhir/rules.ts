import type { ResourceStore } from '../store/resource-store.ts'
import { FhirError } from './fhir-error.ts'
import { referenceToken } from './index-entries.ts'
import type { Change } from './interference.ts'
import { type Resource, valuesAt } from './resource.ts'
import { sortParameter, type TypeDefinition, type TypeDefinitions } from './type-definition.ts'

/** The elements that the type asks for, and a status that it knows. Throws a FhirError 422 with all that is missing. */
export const checkResource = (definition: TypeDefinition, resource: Resource): void => {
  const missing = (definition.required ?? []).filter((path) => valuesAt(resource, path).length === 0)
  const date = sortParameter(definition)
  const instants = date ? valuesAt(resource, date.path) : []
  const statuses = definition.transitions && Object.keys(definition.transitions)
  const problems = [
    ...missing.map((path) => `expected a value at ${path.join('.')}, got none`),
    ...instants
      .filter((value) => Number.isNaN(Date.parse(String(value))))
      .map((value) => `expected an instant, got ${value}`),
    ...(statuses && !statuses.includes(String(resource['status']))
      ? [`expected status to be one of ${statuses.join(', ')}, got ${resource['status']}`]
      : []),
  ]
  if (problems.length > 0) throw new FhirError(422, 'invalid', `${resource.resourceType}: ${problems.join('; ')}`)
}

/** The state machine of the type. Throws a FhirError 422. */
export const checkTransition = (definition: TypeDefinition, from: Resource, to: Resource): void => {
  const before = String(from['status'])
  const after = String(to['status'])
  const allowed = definition.transitions?.[before] ?? []
  if (!definition.transitions || before === after || allowed.includes(after)) return
  throw new FhirError(
    422,
    'business-rule',
    `expected ${from.resourceType}/${from.id} to go from ${before} to ${allowed.join(' or ') || 'no other status'}, got ${after}`,
  )
}

/** Throws a FhirError 422 when a reference that was not there before leads to nothing. */
export const checkReferences = (types: TypeDefinitions, store: ResourceStore, { after, before }: Change): void => {
  const { type, id } = after.row
  for (const path of types[type]?.references ?? []) {
    const known = before ? valuesAt(before.resource, path) : []
    for (const value of valuesAt(after.resource, path)) {
      const target = referenceToken(value)
      if (known.includes(value) || (target && store.read(target.system, target.code))) continue
      throw new FhirError(422, 'not-found', `${type}/${id}: expected ${path.join('.')} ${value} to exist, got nothing`)
    }
  }
}
