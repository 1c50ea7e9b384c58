import { describe, expect, it } from 'vitest'
import type { FinalWrite } from '../../results/ledger.ts'
import { FakeTarget } from './fake-target.ts'
import { none, row, run } from './reconciliation.ts'

/** A title, what is stored, the writes of a row, and the findings that are to come of it. */
export type Case = readonly [
  string,
  FakeTarget,
  readonly Partial<FinalWrite>[],
  Partial<Record<keyof typeof none, number>>,
]

export const target = () => new FakeTarget()

/** An appointment of the row's patient. */
export const inSlot = (slot: string, status: 'booked' | 'pending' | 'cancelled' | 'arrived' = 'booked') => ({
  patient: 'p1',
  status,
  slot,
})

/** Somebody else in a slot. */
export const other = (slot: string, status: 'booked' | 'pending' = 'booked') => ({ patient: 'p9', status, slot })

/** Tests that each case comes to what it says, and that every finding is told in words. */
export const judges = (tables: readonly (readonly [string, readonly Case[]])[]): void => {
  describe.each(tables)('what is stored of %s', (_, cases) => {
    it.each(cases)('judges %s', async (_case, stored, ...[writes, counts]) => {
      const found = await run(stored, [row(1, ...writes)])
      expect(found).toMatchObject({ ...none, ...counts, complete: true })
      expect(found.examples).toHaveLength(Object.keys(counts).length)
      for (const { expected, found: what } of found.examples) expect([expected, what]).not.toContain('')
    })
  })
}
