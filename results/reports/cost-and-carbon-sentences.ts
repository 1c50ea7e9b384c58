import type { CostAndCarbon } from '../../model/cost-and-carbon.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { formatAmount, formatRatio } from '../format.ts'

/** The functional units in words. */
export const unitWords: Readonly<Record<CostAndCarbon['units'][number]['unit'], string>> = {
  'confirmed-bookings': 'confirmed bookings',
  'emergency-accesses': 'accesses to emergency departments',
  'imaging-studies': 'imaging studies',
}

/** What 1,000 of each functional unit cost, a sentence each; why nobody knows where that is so. */
export const costAndCarbonSentences = ({ processorTime, costAndCarbon }: RunRecord): readonly string[] => {
  if (processorTime.kind === 'not-known') return [`Cost and carbon: not known, since ${processorTime.reason}.`]
  return (costAndCarbon?.units ?? []).map(({ unit, perThousand }) =>
    perThousand
      ? `1,000 ${unitWords[unit]}: ${formatAmount(perThousand.sciGrams)} g CO2e and ${formatAmount(perThousand.provisionedVcpuHours)} vCPU-hours, of which ${formatRatio(perThousand.idleRatio)} stood idle.`
      : `1,000 ${unitWords[unit]}: not known, since there was none.`,
  )
}
