import type { PlannedStream } from '../model/plan.ts'
import type { StreamSpec } from '../model/scenario.ts'
import { poolOf } from './pool.ts'
import type { StreamTimetable } from './stream-timetable.ts'

/** What a plan says of a stream that was drawn. */
export const plannedStream = (timetable: StreamTimetable): PlannedStream => ({
  name: timetable.spec.name,
  channel: timetable.spec.channel,
  connection: timetable.spec.connection,
  dayFactor: timetable.dayFactor,
  expected: timetable.expected,
  drawn: Object.values(timetable.drawn).reduce((sum, count) => sum + count, 0),
  actions: actionsOf(timetable),
  open: timetable.open,
  warmUp: timetable.warmUp,
  again: timetable.again,
  ...poolOf(timetable),
  ...callsOf(timetable.spec),
})

const callsOf = ({ pool }: StreamSpec): Pick<PlannedStream, 'calls'> =>
  pool.kind === 'staff' && pool.patienceMs !== undefined
    ? { calls: { operators: pool.people, patienceMs: pool.patienceMs } }
    : {}

const actionsOf = ({ spec, expected, drawn }: StreamTimetable): PlannedStream['actions'] => {
  const weights = spec.mix.reduce((sum, { weight }) => sum + weight, 0)
  return spec.mix.map(({ action, weight }) => ({
    action,
    expected: (expected * weight) / weights,
    drawn: drawn[action] ?? 0,
  }))
}
