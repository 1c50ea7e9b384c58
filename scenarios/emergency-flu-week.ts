import type { Scenario } from '../model/scenario.ts'
import { surges } from '../region/surges.ts'
import { emergencyMonth } from './emergency-month.ts'
import { surged } from './surged.ts'

/** A week at the height of influenza. */
export const emergencyFluWeek: Scenario = {
  ...emergencyMonth,
  name: 'emergency-flu-week',
  summary: 'A week of the emergency departments at the height of influenza',
  slice: { day: 'monday', from: '00:00', to: '24:00', days: '7' },
  streams: surged(emergencyMonth.streams, ['emergency', 'board'], surges.influenza),
}
