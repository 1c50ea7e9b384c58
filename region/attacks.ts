import type { Quantity } from '../model/quantity.ts'
import type { SlowRequestsSpec } from '../model/scenario.ts'

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

/** Requests that are never finished: half of them stop in the header, half in the body. */
export const slowRequests = {
  value: { connections: 50, everyMs: 1000 },
  unit: 'connections to each system, ms between bytes',
  source:
    'assumption: as many as slowhttptest opens unless told otherwise; a byte every second, never more connections',
} as const satisfies Quantity<SlowRequestsSpec>

/** A body that no system has to take. */
export const oversizedBytes: Quantity = { value: 12_000_000, unit: 'bytes', source: 'assumption' }
