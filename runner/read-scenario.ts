import { basename, extname } from 'node:path'
import { Failure } from '../model/failure.ts'
import { type OwnScenario, ownScenarioSchema } from '../model/own-scenario.ts'
import type { Scenario } from '../model/scenario.ts'
import { scenarios } from '../scenarios/registry.ts'
import { chosenStreams } from './chosen-streams.ts'
import { extendScenario } from './extend-scenario.ts'
import { mustBeOnlyOurs, projectFile, projectNames } from './project-file.ts'
import { readYaml } from './read-yaml.ts'

/**
 * Reads a scenario by its name, of those that come with collaudo or of the project's `scenarios/`, or from the path of a YAML file;
 * whole, or some of its streams, separated by commas. Throws a usage Failure with every problem.
 */
export const readScenario = async (nameOrPath: string, streams?: string): Promise<Scenario> => {
  const scenario = await find(nameOrPath)
  return streams === undefined ? scenario : chosenStreams(scenario, streams.split(','))
}

/** The name of the only scenario of the project. Throws a usage Failure where there is none, or more than one. */
export const onlyScenario = (): string => {
  const own = projectNames('scenarios')
  const [name] = own
  if (name && own.length === 1) return name
  throw new Failure(
    'usage',
    `expected a scenario, got none, and ${own.length === 0 ? 'no file in scenarios/' : `${own.length} in scenarios/: ${own.join(', ')}`}`,
    own.length === 0
      ? 'name one of collaudo list, or make a project with collaudo init'
      : `as in: collaudo run ${own[0]}`,
  )
}

const find = async (nameOrPath: string): Promise<Scenario> => {
  const shipped = scenarios.find(({ name }) => name === nameOrPath)
  if (shipped) {
    mustBeOnlyOurs('scenarios', nameOrPath)
    return shipped
  }
  const file = projectFile('scenarios', nameOrPath)
  if (file) return extended(file, await readYaml({ what: 'a scenario', path: file, schemaOf: () => ownScenarioSchema }))
  const known = [...scenarios.map(({ name }) => name), ...projectNames('scenarios')]
  throw new Failure(
    'usage',
    `expected a scenario of ${known.join(', ')}, or the path of a YAML file, got ${nameOrPath}`,
    'collaudo list',
  )
}

const extended = (path: string, own: OwnScenario): Scenario => {
  const base = scenarios.find(({ name }) => name === own.extends)
  const known = scenarios.map(({ name }) => name).join(', ')
  const made = base
    ? extendScenario(own, base)
    : { problems: [`extends: expected one of ${known}, got ${own.extends}`] }
  const file = basename(path, extname(path))
  const misnamed = own.name === file ? [] : [`name: expected that of its file, ${file}, got ${own.name}`]
  if ('scenario' in made && misnamed.length === 0) return made.scenario
  const problems = [...misnamed, ...('problems' in made ? made.problems : [])]
  throw new Failure('usage', problems.map((problem) => `${path}: ${problem}`).join('\n'), `edit ${path}`)
}
