import { html, type Markup } from './html-template.ts'

export interface Column {
  readonly title: string
  readonly isNumber?: boolean
}

type Rows = readonly (readonly (string | Markup)[])[]

/** A table whose rows become blocks on a narrow screen, each cell with its column's title. */
export const table = (columns: readonly Column[], rows: Rows): Markup => markup('stack', columns, rows)

/** A table narrow enough for every screen. */
export const narrowTable = (columns: readonly Column[], rows: Rows): Markup => markup('narrow-table', columns, rows)

/** A table of many columns, which is moved sideways on a narrow screen. */
export const wideTable = (columns: readonly Column[], rows: Rows): Markup =>
  html`<div class="scroll">${markup('wide-table', columns, rows)}</div>`

/** Something that is there for who asks for it. */
export const folded = (title: string, content: Markup): Markup =>
  html`<details><summary>${title}</summary>${content}</details>`

const markup = (look: string, columns: readonly Column[], rows: Rows): Markup => html`
<table class="${look}">
<thead><tr>${columns.map(({ title, isNumber }) => html`<th scope="col" class="${isNumber ? 'number' : 'text'}">${title}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell, index) => tableCell(columns[index], cell))}</tr>\n`)}</tbody>
</table>`

const tableCell = (column: Column | undefined, cell: string | Markup): Markup =>
  html`<td data-title="${column?.title ?? ''}" class="${column?.isNumber ? 'number' : 'text'}">${cell}</td>`
