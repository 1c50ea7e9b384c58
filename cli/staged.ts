import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { Staged } from '../runner/stage-experiment.ts'

/** An experiment's load, its scenario found by its name. Throws a usage Failure that names the experiment. */
export const staged = async (experiment: Experiment): Promise<Staged> => {
  const { readScenario } = await import('../runner/read-scenario.ts')
  const { stageExperiment } = await import('../runner/stage-experiment.ts')
  const { name } = experiment
  const scenario = await readScenario(experiment.scenario).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.kind, `${name}: scenario: ${error.message}`, `correct the experiment ${name}`)
  })
  return stageExperiment(experiment, scenario)
}
