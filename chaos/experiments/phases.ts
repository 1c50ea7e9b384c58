import type { ExperimentPhases } from '../../model/experiment.ts'

/** Two minutes: long enough that three hundred steps fall into each phase at the rates of a working morning. */
export const usualPhases: ExperimentPhases = {
  warmUpMs: 10_000,
  steadyMs: 30_000,
  faultMs: 40_000,
  recoveryMs: 20_000,
  afterMs: 20_000,
  reliefMs: 8000,
  drainMs: 10_000,
}
