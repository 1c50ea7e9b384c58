import type { Quantity } from '../model/quantity.ts'
import type { PaperSpec } from '../model/scenario.ts'

/** When the emergency departments of a slice have to write on paper, and how long they enter it afterwards. */
export const paperOfOutage: Quantity<PaperSpec> = {
  value: { fromRatio: 0.25, toRatio: 0.5, entryRatio: 0.5 },
  unit: 'ratio of the slice, of the outage',
  source: 'assumption: who types what is written is twice as fast as the events were',
}
