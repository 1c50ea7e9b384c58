import type { Scenario } from '../model/scenario.ts'
import { paperOfOutage } from '../region/paper.ts'
import { emergencyMonth } from './emergency-month.ts'

/** The emergency departments before, during and after an outage of their system, as it would see them. */
export const emergencyBacklog: Scenario = {
  ...emergencyMonth,
  name: 'emergency-backlog',
  summary:
    'Emergency departments write on paper for a quarter of an hour, as in an outage, and enter it twice as fast beside the day’s work',
  slice: { day: 'monday', from: '09:00', to: '10:00' },
  paper: paperOfOutage.value,
}
