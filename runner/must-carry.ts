import { needsOf } from '../generators/journey-needs.ts'
import { systemOf } from '../generators/system-of.ts'
import { Failure } from '../model/failure.ts'
import type { Action, StreamSpec } from '../model/scenario.ts'
import { lacksOf } from './lacks-of.ts'
import type { Reached } from './preflight.ts'

/** Throws a usage Failure that names what the servers lack for each stream, and the streams that they can carry. */
export const mustCarry = (streams: readonly StreamSpec[], reached: Reached): void => {
  const lacking = streams.map(({ name, mix }) => ({
    name,
    lacks: mix.flatMap(({ action }) => lackedBy(action, reached)),
  }))
  const problems = lacking.flatMap(({ name, lacks }) => lacks.map((lack) => `${name}: ${lack}`))
  if (problems.length === 0) return
  const unable = new Set(lacking.filter(({ lacks }) => lacks.length > 0).map(({ name }) => name))
  const able = streams.filter(({ name, follows }) => !unable.has(name) && !(follows && unable.has(follows.stream)))
  throw new Failure(
    'usage',
    `expected a target that can carry every stream, got\n${problems.join('\n')}`,
    able.length > 0
      ? `leave out what they cannot carry: --streams ${able.map(({ name }) => name).join(',')}`
      : 'choose another scenario or another target: collaudo doctor says what it can carry',
  )
}

/** What the server of an action's system lacks for it, a line; none where it carries it. */
export const lackedBy = (action: Action, reached: Reached): readonly string[] => {
  const system = systemOf(action)
  const lacks = lacksOf(needsOf(action), reached[system]?.offers)
  return lacks.length === 0 ? [] : [`${action} on ${system}: ${lacks.join(', ')}`]
}
