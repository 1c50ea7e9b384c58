import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { firstLook } from '../chaos/experiments/first-look.ts'
import { experiments } from '../chaos/experiments/registry.ts'
import { type Experiment, experimentSchema } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import { projectFile, projectNames } from './project-file.ts'

/** Reads an experiment by its name, of those that come with collaudo or of the project's `experiments/`, or from the path of a YAML file. Throws a usage Failure with every problem. */
export const readExperiment = async (nameOrPath: string): Promise<Experiment> => {
  const known = [...experiments, firstLook].find(({ name }) => name === nameOrPath)
  if (known) return known
  const file = /\.ya?ml$/.test(nameOrPath) ? nameOrPath : projectFile('experiments', nameOrPath)
  if (file) return fromFile(file)
  throw new Failure(
    'usage',
    `expected an experiment of ${[...experiments.map(({ name }) => name), ...projectNames('experiments')].join(', ')}, or the path of a YAML file, got ${nameOrPath}`,
    'collaudo list',
  )
}

const fromFile = async (path: string): Promise<Experiment> => {
  const result = experimentSchema.safeParse(await parsed(path))
  if (result.success) return result.data
  const problems = result.error.issues.map(
    ({ path: keys, message }) => `${path}: ${keys.join('.') || 'the file'}: ${message}`,
  )
  throw new Failure('usage', problems.join('\n'), `edit ${path}`)
}

const parsed = async (path: string): Promise<unknown> => {
  try {
    return parse(await readFile(path, 'utf8'))
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new Failure('usage', `expected an experiment in YAML in ${path}, got ${first}`, `edit ${path}`)
  }
}
