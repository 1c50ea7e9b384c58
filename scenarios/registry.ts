import type { Scenario } from '../model/scenario.ts'
import { agendaRelease } from './agenda-release.ts'
import { announcementSpike } from './announcement-spike.ts'
import { digitalServices } from './digital-services.ts'
import { emergencyBacklog } from './emergency-backlog.ts'
import { emergencyFluWeek } from './emergency-flu-week.ts'
import { emergencyMonth } from './emergency-month.ts'
import { hostileTraffic } from './hostile-traffic.ts'
import { imagingDay } from './imaging-day.ts'
import { migrationCutover } from './migration-cutover.ts'
import { recupDay } from './recup-day.ts'
import { recupMondayOpening } from './recup-monday-opening.ts'
import { recupOverLines } from './recup-over-lines.ts'
import { regionalDay } from './regional-day.ts'

/** Every scenario, by name. */
export const scenarios: readonly Scenario[] = [
  recupDay,
  recupMondayOpening,
  recupOverLines,
  agendaRelease,
  announcementSpike,
  emergencyMonth,
  emergencyFluWeek,
  emergencyBacklog,
  digitalServices,
  imagingDay,
  migrationCutover,
  regionalDay,
  hostileTraffic,
]
