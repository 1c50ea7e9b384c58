import { isRecord, type Resource, valuesAt } from './resource.ts'
import { commonParameters, type SearchParameter, sortParameter, type TypeDefinition } from './type-definition.ts'

/** A value a resource is found by. A reference `Slot/s1` is code `s1` of system `Slot`. */
export interface Token {
  readonly system: string
  readonly code: string
}

/** One line of the search index. */
export interface IndexEntry extends Token {
  readonly parameter: string
}

/** Name of the index line that combines the parameters of `TypeDefinition.composite`. */
export const compositeName = '(composite)'

/** Everything a resource is found by. */
export const indexEntries = (definition: TypeDefinition, resource: Resource): readonly IndexEntry[] => {
  const entries: IndexEntry[] = []
  for (const parameter of [...definition.parameters, ...commonParameters]) {
    if (parameter.kind === 'date' || parameter.within !== undefined) continue
    for (const token of tokensOf(parameter, resource)) entries.push({ parameter: parameter.name, ...token })
  }
  if (definition.composite) {
    const lists = definition.composite.map((name) => entries.filter((entry) => entry.parameter === name))
    for (const tokens of combinations(lists)) {
      entries.push({ parameter: compositeName, system: '', code: compositeCode(tokens) })
    }
  }
  return entries
}

/** Unix ms of the date that results of the type are sorted by; 0 for a type without one. */
export const sortValue = (definition: TypeDefinition, resource: Resource): number => {
  const [start] = valuesAt(resource, sortParameter(definition)?.path ?? ['resourceType'])
  return (typeof start === 'string' && Date.parse(start)) || 0
}

export const compositeCode = (tokens: readonly Token[]): string =>
  tokens.map(({ system, code }) => `${system}|${code}`).join(' ')

const combinations = (lists: readonly (readonly Token[])[]): readonly (readonly Token[])[] =>
  lists.reduce<readonly (readonly Token[])[]>(
    (heads, list) => heads.flatMap((head) => list.map((token) => [...head, token])),
    [[]],
  )

const tokensOf = (parameter: SearchParameter, resource: Resource): readonly Token[] =>
  valuesAt(resource, parameter.path).flatMap((value) => {
    const token = parameter.kind === 'reference' ? referenceToken(value) : codeToken(value)
    return token && (parameter.target ?? token.system) === token.system ? [token] : []
  })

/** `Type/id`, relative or at the end of a URL. */
export const referenceToken = (value: unknown): Token | undefined => {
  const [system, code] = typeof value === 'string' ? value.split('/').slice(-2) : []
  return system !== undefined && code !== undefined ? { system, code } : undefined
}

/** A Coding, an Identifier or a plain code. */
const codeToken = (value: unknown): Token | undefined => {
  if (typeof value === 'string') return { system: '', code: value }
  if (!isRecord(value)) return undefined
  const code = value['code'] ?? value['value']
  return typeof code === 'string'
    ? { system: typeof value['system'] === 'string' ? value['system'] : '', code }
    : undefined
}
