import { People } from '../planner/people.ts'
import { drawPlan } from '../planner/plan.ts'
import { recupDay } from '../scenarios/recup-day.ts'

export interface PlanFigures {
  /** Rows of a whole day with their patients, prescriptions and agendas. */
  readonly rowsPerSecond: number
  readonly patientsPerSecond: number
}

const patients = 200_000

export const benchPlan = (): PlanFigures => {
  const slice = { day: 'weekday', fromMs: 0, toMs: 86_400_000, fullVolume: false, scale: {} }
  const planMs = performance.now()
  const { streams } = drawPlan({ scenario: recupDay, slice, seed: 1, fiscalCodes: 'marked' })
  const rows = streams.reduce((sum, { timetable }) => sum + timetable.rows.length, 0)
  const rowsPerSecond = (rows / (performance.now() - planMs)) * 1000
  const people = new People(1, 'marked')
  const peopleMs = performance.now()
  for (let index = 0; index < patients; index++) people.of(index)
  return { rowsPerSecond, patientsPerSecond: (patients / (performance.now() - peopleMs)) * 1000 }
}
