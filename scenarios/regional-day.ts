import type { Gate } from '../model/gate.ts'
import type { Scenario } from '../model/scenario.ts'
import { imagedShare } from '../region/emergency-imaging.ts'
import { studiesPerDay } from '../region/imaging.ts'
import { daysPerMonth, volumes } from '../region/volumes.ts'
import { digitalServices } from './digital-services.ts'
import { emergencyMonth } from './emergency-month.ts'
import { imagingDay } from './imaging-day.ts'
import { recupDay } from './recup-day.ts'
import { surged } from './surged.ts'

/** Devices of emergency departments have a stream of their own. */
const elsewhere = {
  value: 1 - (imagedShare * volumes.accessesPerMonth.value) / daysPerMonth.value / studiesPerDay.value,
  unit: 'ratio to all studies',
  source: '1 − accesses a day × imagedShare / studiesPerDay',
}

const parts: readonly Scenario[] = [
  recupDay,
  emergencyMonth,
  digitalServices,
  { ...imagingDay, streams: surged(imagingDay.streams, ['modalities'], elsewhere) },
]

/** Gates of the same name are the same in every part: of all failures, of the measurement, of the promises. */
const gates = new Map(parts.flatMap((part) => part.gates.map((gate): [string, Gate] => [gate.name, gate])))

/** Everything together, as on a working day: bookings, emergency departments, health record, telemedicine, diagnostic images. */
export const regionalDay: Scenario = {
  ...recupDay,
  name: 'regional-day',
  summary:
    'A working day of the whole region: bookings, emergency departments, health record, telemedicine, diagnostic images',
  streams: parts.flatMap(({ streams }) => streams),
  gates: [...gates.values()],
}
