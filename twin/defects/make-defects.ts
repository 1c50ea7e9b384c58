import type { Defect, DefectKind } from '../../model/defect.ts'
import { allInterferences, type Interference } from '../fhir/interference.ts'
import { doubleBooking } from './double-booking.ts'
import { DueShare } from './due-share.ts'
import { halfBooking } from './half-booking.ts'
import { lostAck } from './lost-ack.ts'
import { slowSearch } from './slow-search.ts'
import { wrongPatient } from './wrong-patient.ts'

const defects: Readonly<Record<DefectKind, (due: DueShare) => Interference>> = {
  'double-booking': doubleBooking,
  'lost-ack': lostAck,
  'wrong-patient': wrongPatient,
  'half-booking': halfBooking,
  'slow-search': slowSearch,
}

/** Golden ratio: consecutive seeds and kinds begin at well spread phases. */
const golden = 0.618_033_988_749_895

/** The defects of a run as one. Without any, nothing is interfered with. */
export const makeDefects = (chosen: readonly Defect[], seed: number): Interference =>
  allInterferences(
    chosen.map(({ kind, shareRatio }, index) => defects[kind](new DueShare(shareRatio, ((seed + index) * golden) % 1))),
  )
