/** A question to Prometheus. Variables of Grafana stand in it: `$run`, `$__rate_interval`, `$__range`. */
export interface QuerySpec {
  readonly expr: string
  /** Name of a series; {{label}} is replaced. */
  readonly legend: string
  /** A limit, drawn dashed. */
  readonly isLimit?: true
}

/** Units of Grafana that are used. */
export const units = {
  seconds: 's',
  ratio: 'percentunit',
  count: 'short',
  bytes: 'bytes',
  bytesPerSecond: 'Bps',
  perSecond: 'suffix:/s',
  perHour: 'suffix:/h',
  grams: 'massg',
  wattHours: 'watth',
  months: 'suffix: months',
  none: 'none',
} as const
export type PanelUnit = keyof typeof units

/** Colours by value: from so much on it is so. The first one begins at the lowest. */
export type Thresholds = readonly {
  readonly from: number | null
  readonly color: 'green' | 'orange' | 'red' | 'blue'
}[]

interface PanelCommon {
  readonly title: string
  /** What is seen, and what it means when it is bad. */
  readonly description: string
  /** Of 24 columns. */
  readonly width: number
  /** Of rows of 30 pixels; that of its kind when absent. */
  readonly height?: number
  /** Why there may be nothing to see; absent: there is something in every run that is whole. */
  readonly emptyWithout?: string
}

interface Queried extends PanelCommon {
  readonly unit: PanelUnit
  readonly queries: readonly QuerySpec[]
  readonly thresholds?: Thresholds
  /** Numbers that stand for words. */
  readonly words?: Readonly<Record<number, string>>
}

export type PanelSpec =
  | (Queried & { readonly kind: 'stat' })
  | (Queried & { readonly kind: 'bar-gauge' })
  | (Queried & { readonly kind: 'time-series' })
  | (Queried & { readonly kind: 'state-timeline' })
  | (Queried & { readonly kind: 'heatmap' })
  | (Queried & {
      readonly kind: 'table'
      /** Labels that become columns, in this order; the values of each query stand in one named by its legend. */
      readonly columns: readonly string[]
      /** Opens another dashboard for the run of a line. */
      readonly opens?: string
    })
  | (PanelCommon & { readonly kind: 'text'; readonly content: string })

export interface RowSpec {
  readonly title: string
  readonly panels: readonly PanelSpec[]
  /** Below the fold: closed until somebody opens it. */
  readonly isClosed?: true
}

/** Something to choose at the top of a dashboard: the values of a label, or one of the words. */
export type VariableSpec =
  | {
      readonly name: string
      readonly label: string
      readonly kind: 'label'
      readonly of: string
      readonly from: string
      readonly hasAll?: true
    }
  | { readonly name: string; readonly label: string; readonly kind: 'words'; readonly words: readonly string[] }

export interface DashboardSpec {
  /** `collaudo-` and its file's name. */
  readonly uid: string
  readonly title: string
  /** The one question that it answers, and whose it is. */
  readonly question: string
  readonly readers: string
  readonly tags: readonly string[]
  readonly variables: readonly VariableSpec[]
  readonly rows: readonly RowSpec[]
  /** Fault times are drawn over the charts. */
  readonly hasFaults: boolean
}
