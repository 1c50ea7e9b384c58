import type { Scenario } from '../model/scenario.ts'
import { surges } from '../region/surges.ts'
import { recupDay } from './recup-day.ts'
import { surged } from './surged.ts'

/** The phones open at 7:30 on the first Monday after holidays, with twice the calls and visits of other Mondays. */
export const recupMondayOpening: Scenario = {
  ...recupDay,
  name: 'recup-monday-opening',
  summary: 'The first Monday after holidays from the opening of the phones to the peak: twice the calls and web visits',
  slice: { day: 'monday', from: '07:30', to: '09:30' },
  streams: surged(recupDay.streams, ['phone', 'web'], surges.postHoliday),
}
