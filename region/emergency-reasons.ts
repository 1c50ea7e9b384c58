import type { Quantity } from '../model/quantity.ts'

/** What people come to an emergency department for, and the diagnosis (ICD-9-CM) that an access for it closes with. */
export const mainProblems = {
  value: [
    { code: 'trauma', diagnosis: '959.9', share: 0.27 },
    { code: 'abdominal-pain', diagnosis: '789.00', share: 0.1 },
    { code: 'chest-pain', diagnosis: '786.50', share: 0.07 },
    { code: 'dyspnea', diagnosis: '786.05', share: 0.06 },
    { code: 'fever', diagnosis: '780.60', share: 0.07 },
    { code: 'neurological', diagnosis: '780.4', share: 0.08 },
    { code: 'eye', diagnosis: '379.91', share: 0.05 },
    { code: 'ear-nose-throat', diagnosis: '388.70', share: 0.06 },
    { code: 'obstetric', diagnosis: '646.80', share: 0.04 },
    { code: 'skin', diagnosis: '782.1', share: 0.04 },
    { code: 'urological', diagnosis: '788.0', share: 0.04 },
    { code: 'psychiatric', diagnosis: '300.00', share: 0.03 },
    { code: 'other', diagnosis: '799.9', share: 0.09 },
  ],
  unit: 'ratio',
  source: 'assumption: the problems of the national flow of emergency accesses, in groups, with one diagnosis each',
} as const satisfies Quantity<readonly { readonly code: string; readonly diagnosis: string; readonly share: number }[]>

/** Who sends them, by code of the national flow of emergency accesses. */
export const senders = {
  value: [
    { code: '1', name: 'general practitioner', share: 0.08 },
    { code: '6', name: 'own decision', share: 0.77 },
    { code: '7', name: 'prison', share: 0.001 },
    { code: '9', name: 'other', share: 0.149 },
  ],
  unit: 'ratio',
  source: 'shares: assumption; codes: DM 17/12/2008 (EMUR)',
} as const satisfies Quantity<readonly { readonly code: string; readonly name: string; readonly share: number }[]>
