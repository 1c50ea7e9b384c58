import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { Target } from '../model/target.ts'
import { driverNameOf } from './driver-name.ts'
import type { EmbeddedTarget } from './read-target.ts'

/** Refuses an experiment where it was not agreed on; nothing is ever broken in production. Throws a Failure: `refused`, or `usage` where nothing can break it. */
export const guardExperiment = ({ name, environments }: Experiment, target: Target | EmbeddedTarget): void => {
  const { environment } = target
  if (environment !== 'production' && environments.includes(environment)) {
    mustHaveDriver(target)
    return
  }
  const allowed = environments.filter((one) => one !== 'production')
  throw new Failure(
    'refused',
    `expected a target in ${allowed.join(', ')} for ${name}, got ${target.name} in ${environment}`,
    'nothing was broken; choose another --target',
  )
}

const mustHaveDriver = (target: Target | EmbeddedTarget): void => {
  if (driverNameOf(target) !== undefined) return
  throw new Failure(
    'usage',
    `expected a target that something can break on purpose, got ${target.name}, for which there is no driver`,
    'leave --target out: the embedded target has one; or describe its cluster in chaosMesh: docs/how-to/kubernetes.md',
  )
}
