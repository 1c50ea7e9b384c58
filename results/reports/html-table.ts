import { html, type Markup } from './html-template.ts'

export interface Column {
  readonly title: string
  readonly isNumber?: boolean
}

/** A table whose rows become blocks on a narrow screen, each cell with its column's title. */
export const table = (columns: readonly Column[], rows: readonly (readonly (string | Markup)[])[]): Markup => html`
<table>
<thead><tr>${columns.map(({ title, isNumber }) => html`<th scope="col" class="${isNumber ? 'number' : 'text'}">${title}</th>`)}</tr></thead>
<tbody>${rows.map((cells) => html`<tr>${cells.map((cell, index) => tableCell(columns[index], cell))}</tr>\n`)}</tbody>
</table>`

const tableCell = (column: Column | undefined, cell: string | Markup): Markup =>
  html`<td data-title="${column?.title ?? ''}" class="${column?.isNumber ? 'number' : 'text'}">${cell}</td>`
