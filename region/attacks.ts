import type { Quantity } from '../model/quantity.ts'

/** Attempts of whoever has no business there, all over the day. */
export const attacksPerSecond: Quantity = {
  value: 5,
  unit: 'attempts/s',
  source: 'assumption: bounded, and never less',
}

/** What they try, by weight. */
export const attackWeights = {
  value: { 'no-token': 30, 'forged-token': 30, 'ended-token': 30, 'others-report': 30, stuffing: 30, oversized: 1 },
  unit: 'weight',
  source: 'assumption',
} as const satisfies Quantity<Readonly<Record<string, number>>>

/** A body that no system has to take. */
export const oversizedBytes: Quantity = { value: 12_000_000, unit: 'bytes', source: 'assumption' }
