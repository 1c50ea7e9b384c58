import { attack } from '../attack.ts'
import { measure } from '../measure.ts'
import { publish } from '../publish.ts'
import { readReports } from '../read-reports.ts'
import { televisit } from '../televisit.ts'

/** Journeys of health records and of care at home, and of whoever attacks them. */
export const documents = { attack, measure, publish, readReports, televisit }
