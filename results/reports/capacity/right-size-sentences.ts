import type { RightSize, Search } from '../../../model/capacity-record.ts'
import { capacityReserve } from '../../../region/energy.ts'
import { formatAmount, formatRatio } from '../../format.ts'

/** How many processors each system needs for the forecast; nothing where a limit or the processors are not known. */
export const rightSizeSentences = ({ rightSize }: Search): readonly string[] => {
  if (rightSize.length === 0) return []
  const spare = `Processors for the forecast, ${formatRatio(capacityReserve.value)} of the limit kept in reserve`
  return [`${spare}: ${rightSize.map(inWords).join('; ')}.`]
}

const inWords = ({ system, vcpus, busyVcpus, neededVcpus, isBound }: RightSize): string =>
  `${system} ${isBound ? 'at most ' : ''}${formatAmount(neededVcpus)} vCPU (now ${formatAmount(vcpus)}, ${formatAmount(busyVcpus)} of them busy at the limit)`
