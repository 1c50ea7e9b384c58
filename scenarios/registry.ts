import type { Scenario } from '../model/scenario.ts'
import { agendaRelease } from './agenda-release.ts'
import { recupDay } from './recup-day.ts'

/** Every scenario, by name. */
export const scenarios: readonly Scenario[] = [recupDay, agendaRelease]
