import type { PanelSpec, RowSpec } from '../spec.ts'

/** Columns of Grafana's grid. */
export const columns = 24

const heights: Readonly<Record<PanelSpec['kind'], number>> = {
  stat: 4,
  'time-series': 8,
  'bar-gauge': 8,
  'state-timeline': 6,
  heatmap: 8,
  table: 8,
  text: 4,
}

export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface PlacedRow {
  readonly row: RowSpec
  /** Of its title. */
  readonly place: Place
  readonly panels: readonly { readonly panel: PanelSpec; readonly place: Place }[]
}

/** Lays rows out from top to bottom, and their panels from left to right, a new line where one is full; a line is as high as its highest panel. */
export const placed = (rows: readonly RowSpec[]): readonly PlacedRow[] => {
  let y = 0
  return rows.map((row) => {
    const place = { x: 0, y, w: columns, h: 1 }
    y += 1
    const panels = placedPanels(row.panels, y)
    const end = Math.max(y, ...panels.map((one) => one.place.y + one.place.h))
    // What is closed takes no room but that of its title.
    y = row.isClosed ? y : end
    return { row, place, panels }
  })
}

const placedPanels = (panels: readonly PanelSpec[], fromY: number): PlacedRow['panels'] => {
  let [x, y, lineHeight] = [0, fromY, 0]
  return panels.map((panel) => {
    if (x + panel.width > columns) {
      y += lineHeight
      ;[x, lineHeight] = [0, 0]
    }
    const place = { x, y, w: panel.width, h: panel.height ?? heights[panel.kind] }
    x += panel.width
    lineHeight = Math.max(lineHeight, place.h)
    return { panel, place }
  })
}
