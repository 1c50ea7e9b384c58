import type { CallCentreResult } from '../../model/run-record.ts'
import { counted, formatCount, formatMs } from '../format.ts'

/** What a slow screen costs, of which planners think in seconds. */
const askedMs = 1000

/** What the response times mean for the operators, in one sentence; none where no call was answered. */
export const callCentreOutlookSentences = ({ stream, handlingMs, outlook }: CallCentreResult): readonly string[] => {
  const [now] = outlook?.slowerScreens ?? []
  const slower = outlook?.slowerScreens.find(({ addedMs }) => addedMs === askedMs)
  if (!outlook || !now || !slower) return []
  const more = slower.operatorsNeeded - now.operatorsNeeded
  const moreAtCapacity = slower.operatorsNeededAtCapacity - now.operatorsNeededAtCapacity
  return [
    `Operators for ${stream}: a screen takes ${formatMs(outlook.responseMs)} and a call ${formatMs(handlingMs)}, so ${formatCount(outlook.callsPerHour)} calls an hour need ${counted(now.operatorsNeeded, 'operator', 'operators')}, and all ${formatCount(now.operatorsNeededAtCapacity)} can take ${formatCount(now.capacityPerHour)}. ` +
      `${formatMs(slower.addedMs)} more on each screen takes ${counted(more, 'operator', 'operators')} more, or ${formatCount(moreAtCapacity)} where all are busy.`,
  ]
}
