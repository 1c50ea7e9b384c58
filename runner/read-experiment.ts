import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { firstLook } from '../chaos/experiments/first-look.ts'
import { experiments } from '../chaos/experiments/registry.ts'
import { type Experiment, experimentSchema } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'

/** Reads an experiment by name, or from the path of a YAML file. Throws a usage Failure with every problem. */
export const readExperiment = async (nameOrPath: string): Promise<Experiment> => {
  if (/\.ya?ml$/.test(nameOrPath)) return fromFile(nameOrPath)
  const known = [...experiments, firstLook].find(({ name }) => name === nameOrPath)
  if (known) return known
  throw new Failure(
    'usage',
    `expected an experiment of ${experiments.map(({ name }) => name).join(', ')}, or the path of a YAML file, got ${nameOrPath}`,
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
