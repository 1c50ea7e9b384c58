import type { Quantity } from '../model/quantity.ts'
import { volumes } from './volumes.ts'

/** Kinds of documents in the health record: LOINC code, share of the publications, bytes of the structured part. */
export const documentKinds = {
  value: [
    { code: '11502-2', name: 'laboratory report', share: 0.58, structuredBytes: 15_000 },
    { code: '68604-8', name: 'imaging report', share: 0.2, structuredBytes: 28_000 },
    { code: '11488-4', name: 'specialist report', share: 0.14, structuredBytes: 31_000 },
    { code: '34105-7', name: 'discharge letter', share: 0.03, structuredBytes: 36_000 },
    { code: '59258-4', name: 'emergency report', share: 0.04, structuredBytes: 61_000 },
    { code: '11526-1', name: 'pathology report', share: 0.01, structuredBytes: 187_000 },
  ],
  unit: 'ratio, bytes',
  source: 'sizes: examples of ministero-salute/it-fse-support (github.com); shares: assumption',
} as const satisfies Quantity<
  readonly {
    readonly code: string
    readonly name: string
    readonly share: number
    readonly structuredBytes: number
  }[]
>

/** The printable part of a document, log-normal between its bounds; the structured part is inside it. */
export const documentPages = {
  value: { medianBytes: 250_000, sigma: 0.6, leastBytes: 100_000, mostBytes: 1_000_000 },
  unit: 'bytes',
  source: 'assumption: PDF of 0.1 to 1 MB',
} as const satisfies Quantity<Readonly<Record<string, number>>>

export const documentsPerDay: Quantity = {
  value: 50_000,
  unit: 'documents/working day',
  source: 'assumption',
}

/** Share of the residents who open their health record in a quarter of the year: today, in Italy, in the best region. */
export const recordUsers = {
  value: { today: 0.04, italy: 0.18, best: 0.4 },
  unit: 'ratio of residents/quarter',
  source:
    'January to March 2024: sardegnalive.net, quotidianosanita.it 123115; growth: --scale citizens=4.5 and citizens=10',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** Visits of one of them in a quarter of the year. */
export const visitsPerUser: Quantity = { value: 5, unit: 'visits/quarter', source: 'assumption' }

/** Days of a quarter of the year. */
export const daysPerQuarter: Quantity = { value: 91, unit: 'days', source: 'assumption' }

/** Visits to the health record on the mean day. */
export const recordVisitsPerDay =
  (volumes.residents.value * recordUsers.value.today * visitsPerUser.value) / daysPerQuarter.value

/** Documents that a citizen finds. */
export const documentsFound: Quantity = { value: 2, unit: 'documents', source: 'assumption' }
