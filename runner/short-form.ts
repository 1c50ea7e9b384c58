import type { Experiment } from '../model/experiment.ts'

const phases = { warmUpMs: 1000, steadyMs: 4000, faultMs: 4000, recoveryMs: 3000, afterMs: 3000, drainMs: 1000 }

/**
 * The same experiment in 16 seconds: whether it can be conducted, not whether the systems hold. Its faults keep their place in their phase,
 * and more people come, so that gates have enough to see.
 */
export const shortForm = (experiment: Experiment): Experiment => {
  const ratio = phases.faultMs / experiment.phases.faultMs
  return {
    ...experiment,
    phases,
    faults: experiment.faults.map(({ fault, fromMs = 0, lastsMs }) => ({
      fault,
      fromMs: Math.round(fromMs * ratio),
      lastsMs: Math.round(lastsMs * ratio),
    })),
  }
}
