import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { Failure } from '../model/failure.ts'
import { type SystemName, systemNames } from '../model/system.ts'
import { embeddedTargetSchema, type Target, targetSchema } from '../model/target.ts'
import { mustBeOnlyOurs, projectFile, projectNames } from './project-file.ts'
import { readYaml } from './read-yaml.ts'
import { shippedTargetFile, shippedTargets } from './shipped-targets.ts'

export type EmbeddedTarget = z.infer<typeof embeddedTargetSchema>

/**
 * Reads a target by its name, of those that come with collaudo or of the project's `targets/`, or from the path of a YAML file.
 * Throws a usage Failure that names every wrong key with its path.
 */
export const readTarget = async (nameOrPath: string): Promise<Target | EmbeddedTarget> => {
  const path = find(nameOrPath)
  const target = await readYaml<Target | EmbeddedTarget>({
    what: 'a target',
    path,
    schemaOf: (data) => (isEmbedded(data) ? embeddedTargetSchema : targetSchema),
  })
  return isEmbedded(target) ? target : withPathsFrom(dirname(path), target)
}

const find = (nameOrPath: string): string => {
  if (shippedTargets().includes(nameOrPath)) {
    mustBeOnlyOurs('targets', nameOrPath)
    return shippedTargetFile(nameOrPath)
  }
  const file = projectFile('targets', nameOrPath)
  if (file) return file
  const known = [...shippedTargets(), ...projectNames('targets')].join(', ')
  throw new Failure(
    'usage',
    `expected a target of ${known}, or the path of a YAML file, got ${nameOrPath}`,
    'collaudo list',
  )
}

const withPathsFrom = (folder: string, { tls, ...target }: Target): Target => {
  if (!tls) return target
  const paths = Object.entries(tls).map(([name, path]) => [name, path && resolve(folder, path)])
  return { ...target, tls: Object.fromEntries(paths) }
}

export const isEmbedded = (target: unknown): target is EmbeddedTarget =>
  typeof target === 'object' && target !== null && 'environment' in target && target.environment === 'embedded'

/** Whether its systems run in containers that collaudo starts. */
export const isContained = (target: unknown): target is Extract<EmbeddedTarget, { name: 'containers' }> =>
  isEmbedded(target) && target.name === 'containers'

/** The systems of a target; a booking system without a prescription system keeps the prescriptions itself. */
export const systemsOf = ({ systems }: Target): readonly SystemName[] =>
  systemNames.filter((name) => systems[name] || (name === 'prescriptions' && systems.recup))
