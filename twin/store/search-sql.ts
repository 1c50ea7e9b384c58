import { compositeCode, compositeName } from '../fhir/index-entries.ts'
import type { Criterion, SearchQuery } from '../fhir/search-query.ts'
import type { TypeDefinition } from '../fhir/type-definition.ts'

export interface Sql {
  readonly text: string
  readonly values: readonly (string | number)[]
}

/** What a search is translated with. */
export interface SearchTarget {
  readonly type: string
  readonly definition: TypeDefinition
  /** Number of a parameter name, a system or a composite in the token table; one that is not there matches nothing. */
  readonly wordId: (word: string) => number
}

/**
 * The statement that finds one page and one row more. One criterion drives: its index (parameter, code, sort, key) gives
 * the rows in the order of the answer; every other criterion is a look-up by key in the same index.
 */
export const searchSql = (target: SearchTarget, query: SearchQuery): Sql => {
  const { text, values } = keysSql(target, query)
  return {
    text: `SELECT r.key, r.type, r.id, r.version, r.body, k.sort FROM (${text} LIMIT ?) k
      CROSS JOIN resource r ON r.key = k.key ORDER BY k.sort, k.key`,
    values: [...values, query.count + 1],
  }
}

/** The statement that counts all that a search finds. */
export const countSql = (target: SearchTarget, query: SearchQuery): Sql => {
  const { text, values } = keysSql(target, query)
  return { text: `SELECT count(*) AS total FROM (${text})`, values }
}

/** Place and key of what a search finds, in the order of the answer. */
const keysSql = (target: SearchTarget, query: SearchQuery): Sql => {
  const [driver, ...others] = ordered(target.definition, withComposite(target.definition, query.criteria))
  const parts: Sql[] = [
    driver && query.ids === undefined
      ? sql('t.parameter = ?', target.wordId(`${target.type}.${driver.parameter}`))
      : sql('t.type = ?', target.type),
    ...(driver && query.ids === undefined ? [anyOf('t', driver, target)] : []),
    ...(query.ids ? [sql(`t.id IN (${marks(query.ids.length)})`, ...query.ids)] : []),
    sql('t.sort >= ? AND t.sort < ?', query.range.fromMs, query.range.toMs),
    ...(query.after ? [sql('(t.sort, t.key) > (?, ?)', query.after.sort, query.after.key)] : []),
    ...(driver && query.ids ? [driver, ...others] : others).map((criterion) => has(target, criterion)),
  ]
  const from = driver && query.ids === undefined ? 'token' : 'resource'
  return {
    text: `SELECT t.sort, t.key FROM ${from} t WHERE ${parts.map((part) => part.text).join(' AND ')}
    GROUP BY t.sort, t.key ORDER BY t.sort, t.key`,
    values: parts.flatMap((part) => part.values),
  }
}

const sql = (text: string, ...values: readonly (string | number)[]): Sql => ({ text, values })
const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ')

/** The code first, so that the index is used; then the system of each code. */
const anyOf = (table: string, { parameter, anyOf: asked }: Criterion, { wordId }: SearchTarget): Sql => {
  const tokens = asked.map(({ code, system }) => ({
    code: parameter === compositeName ? String(wordId(code)) : code,
    system,
  }))
  const each = tokens.map(({ code, system }) =>
    system === undefined
      ? sql(`${table}.code = ?`, code)
      : sql(`(${table}.code = ? AND ${table}.system = ?)`, code, wordId(system)),
  )
  const alternatives = each.map((one) => one.text).join(' OR ')
  const values = each.flatMap((one) => one.values)
  if (tokens.length === 1) return { text: alternatives, values }
  const codes = tokens.map(({ code }) => code)
  return { text: `${table}.code IN (${marks(codes.length)}) AND (${alternatives})`, values: [...codes, ...values] }
}

const has = (target: SearchTarget, criterion: Criterion): Sql => {
  const tokens = anyOf('x', criterion, target)
  return {
    text: `EXISTS (SELECT 1 FROM token x WHERE x.parameter = ? AND ${tokens.text} AND x.sort = t.sort AND x.key = t.key)`,
    values: [target.wordId(`${target.type}.${criterion.parameter}`), ...tokens.values],
  }
}

/** Puts the one index line of a combination in place of its parameters when each of them has one full value. */
const withComposite = (definition: TypeDefinition, criteria: readonly Criterion[]): readonly Criterion[] => {
  const parts = (definition.composite ?? []).map((name) => {
    const named = criteria.filter((criterion) => criterion.parameter === name)
    const [token] = named[0]?.anyOf ?? []
    const isStatus = name === 'status'
    return named.length === 1 && named[0]?.anyOf.length === 1 && token && (isStatus || token.system !== undefined)
      ? { system: token.system ?? '', code: token.code }
      : undefined
  })
  const tokens = parts.filter((part) => part !== undefined)
  if (tokens.length === 0 || tokens.length < parts.length) return criteria
  return [
    { parameter: compositeName, anyOf: [{ system: '', code: compositeCode(tokens) }] },
    ...criteria.filter((criterion) => !definition.composite?.includes(criterion.parameter)),
  ]
}

/** The composite, then as the definition lists them, `_tag` last. */
const ordered = (definition: TypeDefinition, criteria: readonly Criterion[]): readonly Criterion[] => {
  const names = [compositeName, ...definition.parameters.map((parameter) => parameter.name), '_tag']
  return criteria.toSorted((a, b) => names.indexOf(a.parameter) - names.indexOf(b.parameter))
}
