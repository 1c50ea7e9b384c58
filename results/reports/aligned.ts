/** Cells of a line; a look does not change the width. */
export type Cells = readonly (string | { readonly text: string; readonly look: (text: string) => string })[]

/** Lines whose cells stand under each other. */
export const aligned = (rows: readonly Cells[]): readonly string[] => {
  const textOf = (cell: Cells[number] | undefined) => (typeof cell === 'object' ? cell.text : (cell ?? ''))
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => textOf(row[column]).length)))
  return rows.map((row) =>
    `  ${row
      .map((cell, column) => {
        const padding = ' '.repeat((widths[column] ?? 0) - textOf(cell).length)
        return (typeof cell === 'object' ? cell.look(cell.text) : cell) + padding
      })
      .join('  ')}`.trimEnd(),
  )
}
