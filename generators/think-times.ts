import type { PacedStep, ThinkTime } from '../region/paced-steps.ts'
import { exponentialOf, normalOf } from './distributions.ts'
import { rowDraws } from './row-draws.ts'
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

/**
 * The think time after step `index` of a row's journey. A function of the row's seed alone, so the planner that places
 * an opening state and the actor that walks the journey agree.
 */
export const thinkAfterMs = (rowSeed: number, steps: readonly PacedStep[], index: number): number => {
  const step = steps[index]
  if (!step) return 0
  const draw = rowDraws.pauses + 2 * index
  return thinkTimeMs(step.thinkAfter, rowUniform(rowSeed, draw), rowUniform(rowSeed, draw + 1))
}
