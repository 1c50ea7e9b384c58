import { callCentre } from './boards/call-centre.ts'
import { capacity } from './boards/capacity.ts'
import { chaos } from './boards/chaos.ts'
import { compare } from './boards/compare.ts'
import { cost } from './boards/cost.ts'
import { emergency } from './boards/emergency.ts'
import { imaging } from './boards/imaging.ts'
import { indexPage } from './boards/index-page.ts'
import { journey } from './boards/journey.ts'
import { recup } from './boards/recup.ts'
import { rig } from './boards/rig.ts'
import { runOverview } from './boards/run-overview.ts'
import { trend } from './boards/trend.ts'
import type { DashboardSpec } from './spec.ts'

/** Every dashboard, the first page first. */
export const dashboards: readonly DashboardSpec[] = [
  indexPage,
  runOverview,
  journey,
  chaos,
  rig,
  compare,
  trend,
  capacity,
  callCentre,
  cost,
  recup,
  emergency,
  imaging,
]
