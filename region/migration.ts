import type { Quantity } from '../model/quantity.ts'

const programme = 'regional press release, July 2025 (agenparl.eu/2025/07/25, latinanews.eu)'

/** What moves to the national cloud. */
export const migration = {
  archiveBytes: { value: 150e12, unit: 'bytes', source: programme },
  systems: { value: 30, unit: 'systems', source: programme },
  trustShare: { value: 0.65, unit: 'ratio of what is moved, by the health trusts', source: programme },
  days: { value: 60, unit: 'days', source: 'assumption: the time in which all of it has to be moved' },
} as const satisfies Record<string, Quantity>

/** Links over which it may go. */
export const links: Quantity<readonly number[]> = {
  value: [1, 10, 40],
  unit: 'Gbit/s',
  source: 'assumption: what is for rent between data centres',
}
