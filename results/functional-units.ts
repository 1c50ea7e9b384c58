import type { CostAndCarbon } from '../model/cost-and-carbon.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { SystemName } from '../model/system.ts'

/** What is counted: how journeys and steps ended. */
export type Counted = Pick<RunRecord, 'journeys' | 'steps'>

/** Something that the region counts, and the systems that it takes. */
export interface FunctionalUnit {
  readonly unit: CostAndCarbon['units'][number]['unit']
  readonly systems: readonly SystemName[]
  readonly count: number
}

/** R of the Software Carbon Intensity: bookings that were confirmed, accesses that were registered, studies that were stored. */
export const functionalUnitsOf = ({ journeys, steps }: Counted): readonly FunctionalUnit[] => {
  const done = (action: string) =>
    journeys.reduce((sum, { journey, outcomes }) => sum + (journey === action ? (outcomes['done'] ?? 0) : 0), 0)
  const registered = steps.reduce(
    (sum, { journey, step, outcomes }) =>
      sum + (journey === 'emergency' && step === 'register' ? (outcomes['ok'] ?? 0) : 0),
    0,
  )
  return [
    { unit: 'confirmed-bookings', systems: ['recup', 'prescriptions'], count: done('book') },
    { unit: 'emergency-accesses', systems: ['emergency'], count: registered },
    { unit: 'imaging-studies', systems: ['imaging', 'archive'], count: done('store-study') },
  ]
}
