import type { Quantity } from '../model/quantity.ts'
import type { Action, Channel } from '../model/scenario.ts'

/**
 * What the region counts as one operation. Own: a booking or an acceptance that somebody asks for, whatever comes of it and
 * however many items it has. Private: one booking, cancellation or acceptance that an accredited provider synchronises.
 */
export const operations = {
  value: { own: ['book', 'accept', 'walk-in'], private: ['book', 'cancel', 'accept'] },
  unit: 'actions',
  source: 'assumption: “bookings and acceptances” and “operations” of the press release, July 2025',
} as const satisfies Quantity<Readonly<Record<string, readonly Action[]>>>

/** Whose operation an action is; undefined: it comes on top. Jobs count nothing: they fill what was counted before. */
export const operationOf = (action: Action, channel: Channel): 'own' | 'private' | undefined => {
  if (channel === 'system') return undefined
  const owner = channel === 'partner' ? 'private' : 'own'
  return operations.value[owner].some((counted) => counted === action) ? owner : undefined
}
