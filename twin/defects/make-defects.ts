import type { Defect, DefectKind } from '../../model/defect.ts'
import { allInterferences, type Interference } from '../fhir/interference.ts'
import { doubleBooking } from './double-booking.ts'
import { doubleTakeCharge } from './double-take-charge.ts'
import { type DueShare, dueShareOf } from './due-share.ts'
import { duplicateEncounter } from './duplicate-encounter.ts'
import { halfBooking } from './half-booking.ts'
import { lateVisibility } from './late-visibility.ts'
import { leakyHold } from './leaky-hold.ts'
import { lostAck } from './lost-ack.ts'
import { lostCancel } from './lost-cancel.ts'
import { lostOrder } from './lost-order.ts'
import { openDoor } from './open-door.ts'
import { outOfOrderResult } from './out-of-order-result.ts'
import { reportLeak } from './report-leak.ts'
import { slowSearch } from './slow-search.ts'
import { wrongPatient } from './wrong-patient.ts'

/** Those of FHIR systems. */
const defects: Readonly<Partial<Record<DefectKind, (due: DueShare, now: () => number) => Interference>>> = {
  'double-booking': doubleBooking,
  'lost-ack': lostAck,
  'wrong-patient': wrongPatient,
  'half-booking': halfBooking,
  'late-visibility': lateVisibility,
  'leaky-hold': leakyHold,
  'lost-cancel': lostCancel,
  'double-take-charge': doubleTakeCharge,
  'lost-order': lostOrder,
  'duplicate-encounter': duplicateEncounter,
  'out-of-order-result': outOfOrderResult,
  'report-leak': reportLeak,
  'open-door': openDoor,
  'slow-search': slowSearch,
}

/** The defects of a run as one. Without any, nothing is interfered with. */
export const makeDefects = (chosen: readonly Defect[], seed: number, now: () => number): Interference =>
  allInterferences(
    chosen.flatMap((defect, index) => {
      const make = defects[defect.kind]
      return make ? [make(dueShareOf(defect, seed + index), now)] : []
    }),
  )
