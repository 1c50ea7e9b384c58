import type { Quantity } from '../model/quantity.ts'
import type { Action, Channel } from '../model/scenario.ts'

/** How long a person takes between two steps. */
export type ThinkTime =
  | { readonly kind: 'none' }
  | { readonly kind: 'log-normal'; readonly medianMs: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly meanMs: number; readonly capMs: number }

/** One step of a journey, and the think time that follows it. */
export interface PacedStep {
  readonly step: string
  readonly thinkAfter: ThinkTime
}

const staff = (medianS: number): ThinkTime => ({ kind: 'log-normal', medianMs: medianS * 1000, sigma: 0.4 })
const citizen: ThinkTime = { kind: 'exponential', meanMs: 7500, capMs: 70_000 }
const hurried: ThinkTime = { kind: 'exponential', meanMs: 2000, capMs: 20_000 }

/** Steps and think times of each journey by channel. */
export const paces = {
  book: {
    phone: {
      value: [
        { step: 'identify', thinkAfter: staff(25) },
        { step: 'prescription', thinkAfter: staff(15) },
        { step: 'search', thinkAfter: staff(20) },
        { step: 'hold', thinkAfter: staff(30) },
        { step: 'book', thinkAfter: staff(10 + 8) },
      ],
      unit: 'ms',
      source: 'assumption: medians 25, 15, 20, 30, 10 + 8 s, sigma 0.4',
    },
    web: {
      value: ['identify', 'prescription', 'search', 'search', 'search', 'hold', 'book'].map((step) => ({
        step,
        thinkAfter: step === 'book' ? { kind: 'none' } : citizen,
      })),
      unit: 'ms',
      source: 'exponential think time of mean 7.5 s, cut at 70 s (TPC-W); three searches: assumption',
    },
    app: {
      value: ['identify', 'prescription', 'search', 'hold', 'book'].map((step) => ({
        step,
        thinkAfter: step === 'book' ? { kind: 'none' } : hurried,
      })),
      unit: 'ms',
      source: 'assumption: who waits for an agenda to open hurries: exponential of mean 2 s, cut at 20 s, one search',
    },
  },
  accept: {
    counter: {
      value: [
        { step: 'lookup', thinkAfter: staff(6 + 8) },
        { step: 'accept', thinkAfter: staff(5) },
      ],
      unit: 'ms',
      source: 'assumption: medians 6, 8, 5 s, sigma 0.4',
    },
  },
} as const satisfies Record<Action, Partial<Record<Channel, Quantity<readonly PacedStep[]>>>>

/** Time a step is taken to need when a journey already under way is placed: it only positions opening states. */
export const assumedStepMs: Quantity = { value: 50, unit: 'ms', source: 'assumption: a healthy system' }

/** The steps of a journey; throws a RangeError for a pair that the region does not know. */
export const paceOf = (action: Action, channel: Channel): readonly PacedStep[] => {
  const byChannel: Partial<Record<Channel, Quantity<readonly PacedStep[]>>> = paces[action]
  const pace = byChannel[channel]
  if (!pace) throw new RangeError(`expected a channel of ${action}, got ${channel}`)
  return pace.value
}
