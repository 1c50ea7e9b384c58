import type { Action, Channel } from '../model/scenario.ts'
import { type ThinkTime, paceOf } from '../region/pace.ts'
import { exponential, normal } from './distributions.ts'
import { type Rng, rngOf } from './rng.ts'

/** One draw of a think time. */
export const thinkTimeMs = (rng: Rng, think: ThinkTime): number => {
  switch (think.kind) {
    case 'none':
      return 0
    case 'log-normal':
      return think.medianMs * Math.exp(think.sigma * normal(rng))
    case 'exponential':
      return Math.min(think.meanMs * exponential(rng), think.capMs)
  }
}

/** A step of one row's journey: its name and the think time drawn to follow it. */
export interface RowStep {
  readonly step: string
  readonly thinkMs: number
}

/**
 * The steps of a row with their think times. A function of the row's seed alone, so the planner that places an opening
 * state and the actor that walks the journey agree.
 */
export const rowSteps = (rowSeed: number, action: Action, channel: Channel): readonly RowStep[] => {
  const rng = rngOf(rowSeed).split('think')
  return paceOf(action, channel).map(({ step, thinkAfter }) => ({ step, thinkMs: thinkTimeMs(rng, thinkAfter) }))
}
