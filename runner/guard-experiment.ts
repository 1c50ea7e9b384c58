import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { Target } from '../model/target.ts'
import type { EmbeddedTarget } from './read-target.ts'

/** Refuses an experiment where it was not agreed on; nothing is ever broken in production. Throws a `refused` Failure. */
export const guardExperiment = (
  { name, environments }: Experiment,
  { name: target, environment }: Target | EmbeddedTarget,
): void => {
  if (environment !== 'production' && environments.includes(environment)) return
  const allowed = environments.filter((one) => one !== 'production')
  throw new Failure(
    'refused',
    `expected a target in ${allowed.join(', ')} for ${name}, got ${target} in ${environment}`,
    'nothing was broken; choose another --target',
  )
}
