import type { Quantity } from '../model/quantity.ts'

/** Priority classes and the days within which the service is due: U 72 h, B 10, D 30 (visits), P 120 days. */
export const priorityClasses = {
  value: [
    { code: 'U', share: 0.04, withinDays: 3 },
    { code: 'B', share: 0.22, withinDays: 10 },
    { code: 'D', share: 0.44, withinDays: 30 },
    { code: 'P', share: 0.3, withinDays: 120 },
  ],
  unit: 'ratio, days',
  source: 'days: national plan on waiting lists (ilgiornalelocale.it 2025-05); shares: assumption',
} as const satisfies Quantity<readonly { code: string; share: number; withinDays: number }[]>

export const firstVisitShare: Quantity = { value: 0.6, unit: 'ratio', source: 'assumption' }

/** Share of prescriptions by number of items, 1 to 8; their mean is 2.1. */
export const itemShares: Quantity<readonly number[]> = {
  value: [0.46, 0.25, 0.13, 0.08, 0.04, 0.02, 0.01, 0.01],
  unit: 'ratio',
  source: 'at most 8 items (corriere.it 2022-01-20); mean 2.1: assumption',
}

/** Ticket exemptions; the empty code pays. */
export const exemptions = {
  value: [
    { code: '', share: 0.5 },
    { code: 'E01', share: 0.2 },
    { code: 'E04', share: 0.05 },
    { code: '013', share: 0.08 },
    { code: '031', share: 0.09 },
    { code: '048', share: 0.08 },
  ],
  unit: 'ratio',
  source: 'half are exempt, and the split: assumption; codes: bonusepagamenti.it, corriere.it',
} as const satisfies Quantity<readonly { code: string; share: number }[]>

/** Prefix of an electronic prescription's number in Lazio: 3 digits of region, then 2 of lot and 10 digits. */
export const nrePrefix: Quantity<string> = {
  value: '120',
  unit: 'text',
  source: 'SAC client samples; inference for Lazio',
}

/** What a prescription costs who is not exempt. */
export const ticket: Quantity = {
  value: 36.15,
  unit: 'EUR',
  source: 'at most, corriere.it 2022-01-20; always that: assumption',
}
