import type { Quantity } from '../model/quantity.ts'

/** Televisits on the mean working day. */
export const televisitsPerDay: Quantity = { value: 2000, unit: 'televisits/working day', source: 'assumption' }

/** How long a televisit lasts, median. */
export const televisitMinutes: Quantity = { value: 15, unit: 'minutes', source: 'assumption: a call of 900 s' }

/** Patients who are monitored at home, and how often each one's devices report. */
export const telemonitoring = {
  value: { patients: 5000, reportsPerDay: 4 },
  unit: 'patients, reports/day',
  source: 'assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>
