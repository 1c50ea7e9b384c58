import { always, type DateRange, dateRange, intersection } from './date-range.ts'
import { FhirError } from './fhir-error.ts'
import { referenceToken } from './index-entries.ts'
import { commonParameters, type SearchParameter, sortParameter, type TypeDefinition } from './type-definition.ts'

/** A value asked for; without a system any system will do. */
export interface AskedToken {
  readonly system?: string
  readonly code: string
}

/** One parameter of a query: any of its values. */
export interface Criterion {
  readonly parameter: string
  readonly anyOf: readonly AskedToken[]
}

/** Place in the order of results (sort value, then key) after which a page begins. */
export interface Cursor {
  readonly sort: number
  readonly key: number
}

/** A search on one type: all criteria must hold. Results come by sort value, then in order of creation. */
export interface SearchQuery {
  readonly criteria: readonly Criterion[]
  readonly ids?: readonly string[]
  readonly range: DateRange
  readonly count: number
  readonly after?: Cursor
  /** Whether only their number is wanted: `_summary=count`. */
  readonly isCount?: boolean
}

const defaultCount = 100
/** A larger `_count` is cut to this, as servers do. */
const maxCount = 1000
/** Values in one comma list; SQLite takes 32,766 variables in a statement. */
const maxValues = 2000

/** Parses the query part of a search URL. Throws a FhirError 400 that names each parameter or value that is not understood. */
export const parseSearchQuery = (type: string, definition: TypeDefinition, search: string): SearchQuery => {
  let query: SearchQuery = { criteria: [], range: always, count: defaultCount }
  const problems: string[] = []
  for (const [name, value] of new URLSearchParams(search)) {
    try {
      query = withParameter(query, definition, { name, value })
    } catch (error) {
      if (!(error instanceof FhirError)) throw error
      problems.push(error.message)
    }
  }
  if (problems.length > 0) throw new FhirError(400, 'invalid', `search of ${type}: ${problems.join('; ')}`)
  return query
}

interface Asked {
  readonly name: string
  readonly value: string
}

const withParameter = (query: SearchQuery, definition: TypeDefinition, { name, value }: Asked): SearchQuery => {
  switch (name) {
    case '_count':
      return { ...query, count: Math.min(positiveInteger(value), maxCount) }
    case '_sort':
      if (value === sortParameter(definition)?.name) return query
      throw new FhirError(
        400,
        'not-supported',
        `expected _sort by ${sortParameter(definition)?.name ?? 'nothing'}, got ${value}`,
      )
    case '_summary':
      if (value === 'count') return { ...query, isCount: true }
      throw new FhirError(400, 'not-supported', `expected _summary=count, got ${value}`)
    case '_cursor':
      return { ...query, after: parseCursor(value) }
    case '_id': {
      const ids = values(value)
      return { ...query, ids: query.ids ? query.ids.filter((id) => ids.includes(id)) : ids }
    }
  }
  const parameter = [...definition.parameters, ...commonParameters].find((known) => known.name === name)
  if (!parameter) throw new FhirError(400, 'not-supported', `unknown parameter ${name}`)
  if (parameter.kind === 'date') return { ...query, range: intersection(query.range, dateRange(value)) }
  const criterion = {
    parameter: parameter.within ?? name,
    anyOf: values(value).map((one) => askedToken(parameter, one)),
  }
  return { ...query, criteria: [...query.criteria, criterion] }
}

/** A comma list; `\,` is a comma inside a value. */
const values = (list: string): readonly string[] => {
  const parts = list.split(/(?<!\\),/).filter((part) => part !== '')
  if (parts.length >= 1 && parts.length <= maxValues) return parts
  throw new FhirError(400, 'value', `expected 1 to ${maxValues} values, got ${parts.length}`)
}

const unescaped = (text: string) => text.replace(/\\([,|$\\])/g, '$1')

const askedToken = (parameter: SearchParameter, value: string): AskedToken => {
  if (parameter.kind === 'reference') {
    const token = referenceToken(value)
    if (parameter.target === undefined) return token ?? { code: value }
    if (!token || token.system === parameter.target) return { system: parameter.target, code: token?.code ?? value }
    throw new FhirError(400, 'value', `expected a ${parameter.target} in ${parameter.name}, got ${value}`)
  }
  const bar = value.search(/(?<!\\)\|/)
  const token =
    bar < 0
      ? { code: unescaped(value) }
      : { system: unescaped(value.slice(0, bar)), code: unescaped(value.slice(bar + 1)) }
  if (token.code === '') throw new FhirError(400, 'value', `expected a code in ${parameter.name}, got ${value}`)
  return token
}

const positiveInteger = (text: string): number => {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new FhirError(400, 'value', `expected _count to be a positive integer, got ${text}`)
}

const parseCursor = (text: string): Cursor => {
  const [, sort, key] = /^(-?\d{1,15})_(\d{1,15})$/.exec(text) ?? []
  if (sort === undefined || key === undefined)
    throw new FhirError(400, 'value', `expected _cursor of a next link, got ${text}`)
  return { sort: Number(sort), key: Number(key) }
}

/** The `_cursor` of a next link. */
export const formatCursor = ({ sort, key }: Cursor): string => `${sort}_${key}`
