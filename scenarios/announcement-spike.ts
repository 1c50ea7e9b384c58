import type { Scenario } from '../model/scenario.ts'
import { surges } from '../region/surges.ts'
import { recupDay } from './recup-day.ts'
import { surged } from './surged.ts'

/** Something was announced at eleven: ten times the web visits for a quarter of an hour, the rest of the day as usual. */
export const announcementSpike: Scenario = {
  ...recupDay,
  name: 'announcement-spike',
  summary: 'Something is announced: ten times the web visits for a quarter of an hour, phones and counters as usual',
  slice: { day: 'weekday', from: '11:00', to: '11:15' },
  streams: surged(recupDay.streams, ['web'], surges.announcement),
}
