import { emergencyDepartments } from '../../region/emergency-departments.ts'
import { departmentId } from './naming.ts'

/** Who is waiting, for triage or for the visit, and who is being treated. */
const boardStatuses = ['arrived', 'triaged', 'in-progress'] as const

/** The counts that the public board shows of each department, as searches that answer with a number and nobody's data. */
export const boardSearches = (): readonly string[] =>
  emergencyDepartments.value.flatMap(({ index }) =>
    boardStatuses.map(
      (status) => `Encounter?service-provider=Organization/${departmentId(index)}&status=${status}&_summary=count`,
    ),
  )
