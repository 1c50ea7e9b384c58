import type { Action, ActionMix, Channel } from '../model/scenario.ts'
import { paceOf } from '../region/pace.ts'
import type { PacedStep } from '../region/paced-steps.ts'
import { rowDraws } from './row-draws.ts'
import { rowUniform } from './row-uniform.ts'
import { weightedChoice } from './weighted-choice.ts'

/** The action that a row of a stream draws. */
export const actionOf = (rowSeed: number, mix: ActionMix): Action =>
  weightedChoice(mix, rowUniform(rowSeed, rowDraws.action)).action

/** The steps of a row's journey, in order; one may come several times. */
export const stepsOf = (rowSeed: number, action: Action, channel: Channel): readonly PacedStep[] => {
  const ways = paceOf(action, channel)
  const [way] = ways
  return ways.length === 1 && way ? way.steps : weightedChoice(ways, rowUniform(rowSeed, rowDraws.way)).steps
}

/** How a timetable names the step at an index: `hold`, and the second time `hold.2`. */
export const stepName = (steps: readonly PacedStep[], index: number): string => {
  const name = steps[index]?.step ?? ''
  const before = steps.slice(0, index).filter(({ step }) => step === name).length
  return before === 0 ? name : `${name}.${before + 1}`
}

/** The index of the step that a timetable names so; 0 for a name that the journey has not got. */
export const stepIndex = (steps: readonly PacedStep[], name: string): number => {
  if (name === steps[0]?.step) return 0
  return Math.max(
    0,
    steps.findIndex((_, index) => stepName(steps, index) === name),
  )
}
