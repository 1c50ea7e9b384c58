import type { Experiment } from '../model/experiment.ts'

const phases = {
  warmUpMs: 500,
  steadyMs: 2000,
  faultMs: 3500,
  recoveryMs: 1000,
  afterMs: 1000,
  reliefMs: 0,
  drainMs: 500,
}

/**
 * The same experiment in ten seconds: whether it can be conducted, not whether the systems hold. Its faults keep their place in their phase.
 * How long something takes is not judged: platforms need longer than that to notice anything.
 */
export const shortForm = (experiment: Experiment): Experiment => {
  const ratio = phases.faultMs / experiment.phases.faultMs
  return {
    ...experiment,
    phases,
    gates: experiment.gates.filter(({ kind }) => kind === 'failures' || kind === 'integrity'),
    faults: experiment.faults.map(({ fault, fromMs = 0, lastsMs }) => ({
      fault,
      fromMs: Math.round(fromMs * ratio),
      lastsMs: Math.round(lastsMs * ratio),
    })),
  }
}
