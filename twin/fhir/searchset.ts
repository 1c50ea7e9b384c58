import type { Page } from '../store/resource-store.ts'
import { formatCursor } from './search-query.ts'

/** The search that a page answers. */
export interface Searched {
  readonly base: string
  readonly type: string
  /** Query part of its URL. */
  readonly search: string
}

/** A Bundle of type searchset as JSON. `total` is told when the first page is all there is, and where only it was asked for. */
export const searchset = ({ rows, next, total }: Page, { base, type, search }: Searched): string => {
  const parameters = new URLSearchParams(search)
  const isAll = next === undefined && !parameters.has('_cursor')
  const links = [{ relation: 'self', url: urlOf(base, type, parameters) }]
  if (next) {
    parameters.set('_cursor', formatCursor(next))
    links.push({ relation: 'next', url: urlOf(base, type, parameters) })
  }
  const entries = rows.map(
    (row) =>
      `{"fullUrl":${JSON.stringify(`${base}/${row.type}/${row.id}`)},"resource":${row.body},"search":{"mode":"match"}}`,
  )
  return `{"resourceType":"Bundle","type":"searchset"${isAll ? `,"total":${total ?? rows.length}` : ''},"link":${JSON.stringify(links)}${
    entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''
  }}`
}

const urlOf = (base: string, type: string, parameters: URLSearchParams): string =>
  `${base}/${type}${parameters.size > 0 ? `?${parameters}` : ''}`
