import type { Quantity } from '../model/quantity.ts'

/** Mean time a caller waits for an operator before giving up. */
export const callerPatience: Quantity = {
  value: 204_000,
  unit: 'ms',
  source:
    'exponential with 77 % of abandonments in the first 5 min (jotv.it 2020): 300 s / −ln 0.23; the law: assumption',
}

/** What Italian booking centres promise; the first form of the contract of Marche. */
export const answeringGoals = {
  value: { soonMs: 90_000, soonRatio: 0.7, lateMs: 240_000, lateRatio: 0.9, abandonedRatio: 0.1 },
  unit: 'ms, ratio',
  source: 'contract of Marche: 70 % within 90 s, 90 % within 4 min, at most 10 % abandoned (corriereadriatico.it)',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** Callers who gave up and dial again, and when. */
export const redials = {
  value: { share: 0.4, soonestMs: 60_000, latestMs: 600_000 },
  unit: 'ratio, ms',
  source: 'assumption: four in ten within 10 minutes; calls doubled in a bad week of Torino (lastampa.it 2020)',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** Share of the operators on shift in each hour 0..23. */
export const operatorShifts: Quantity<readonly number[]> = {
  value: [0, 0, 0, 0, 0, 0, 0, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.5, 0.5, 0.4, 0.4, 0.4, 0.3, 0.3, 0, 0, 0, 0],
  unit: 'ratio',
  source: 'assumption: two overlapping shifts; about 500 seats at the peak',
}
