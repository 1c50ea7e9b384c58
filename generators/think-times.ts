import type { Action, Channel } from '../model/scenario.ts'
import { paceOf, type ThinkTime } from '../region/pace.ts'
import { exponentialOf, normalOf } from './distributions.ts'
import { rowUniform } from './row-uniform.ts'

/** The think time that two uniform numbers in [0, 1) stand for. */
const thinkTimeMs = (think: ThinkTime, uniform: number, other: number): number => {
  switch (think.kind) {
    case 'none':
      return 0
    case 'log-normal':
      return think.medianMs * Math.exp(think.sigma * normalOf(uniform, other))
    case 'exponential':
      return Math.min(think.meanMs * exponentialOf(uniform), think.capMs)
  }
}

interface Walk {
  readonly action: Action
  readonly channel: Channel
}

/** Names of the steps of a journey, in order; a step may come several times on end. */
export const journeySteps = ({ action, channel }: Walk): readonly string[] =>
  paceOf(action, channel).map(({ step }) => step)

/**
 * The think time after step `index` of a row's journey. A function of the row's seed alone, so the planner that places
 * an opening state and the actor that walks the journey agree.
 */
export const thinkAfterMs = (rowSeed: number, { action, channel }: Walk, index: number): number => {
  const step = paceOf(action, channel)[index]
  return step ? thinkTimeMs(step.thinkAfter, rowUniform(rowSeed, 2 * index), rowUniform(rowSeed, 2 * index + 1)) : 0
}
