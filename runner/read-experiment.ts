import { firstLook } from '../chaos/experiments/first-look.ts'
import { experiments } from '../chaos/experiments/registry.ts'
import { type Experiment, experimentSchema } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import { mustBeOnlyOurs, projectFile, projectNames } from './project-file.ts'
import { readYaml } from './read-yaml.ts'

/** Reads an experiment by its name, of those that come with collaudo or of the project's `experiments/`, or from the path of a YAML file. Throws a usage Failure with every problem. */
export const readExperiment = async (nameOrPath: string): Promise<Experiment> => {
  const known = [...experiments, firstLook].find(({ name }) => name === nameOrPath)
  if (known) {
    mustBeOnlyOurs('experiments', nameOrPath)
    return known
  }
  const file = projectFile('experiments', nameOrPath)
  if (file) return readYaml({ what: 'an experiment', path: file, schemaOf: () => experimentSchema })
  throw new Failure(
    'usage',
    `expected an experiment of ${[...experiments.map(({ name }) => name), ...projectNames('experiments')].join(', ')}, or the path of a YAML file, got ${nameOrPath}`,
    'collaudo list',
  )
}
