import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'
import { type SystemName, systemNames } from '../model/system.ts'
import { embeddedTargetSchema, type Target, targetSchema } from '../model/target.ts'
import { mustBeOnlyOurs, projectFile } from './project-file.ts'

export type EmbeddedTarget = z.infer<typeof embeddedTargetSchema>

/** Targets that come with collaudo. */
const shippedDir = join(homeFolder, 'targets/')

/**
 * Reads a target by its name (a file of `targets/`, of collaudo or of the project) or by the path of a YAML file.
 * Throws a usage Failure that names every wrong key with its path.
 */
export const readTarget = async (nameOrPath: string): Promise<Target | EmbeddedTarget> => {
  const file = /\.ya?ml$/.test(nameOrPath) ? nameOrPath : fileNamed(nameOrPath)
  const data = parseYaml(file, await readText(file, nameOrPath))
  const schema = isEmbedded(data) ? embeddedTargetSchema : targetSchema
  const result = schema.safeParse(data)
  if (!result.success) throw new Failure('usage', problems(nameOrPath, result.error), `edit ${nameOrPath}`)
  return isEmbedded(result.data) ? result.data : withPathsFrom(dirname(file), result.data as Target)
}

const fileNamed = (name: string): string => {
  const shipped = `${shippedDir}${name}.yaml`
  if (!existsSync(shipped)) return projectFile('targets', name) ?? shipped
  mustBeOnlyOurs('targets', name)
  return shipped
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

const readText = async (file: string, nameOrPath: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new Failure(
      'usage',
      `expected a target's name or the path of its YAML file, got ${nameOrPath}`,
      'collaudo list shows the targets',
    )
  }
}

const parseYaml = (file: string, text: string): unknown => {
  try {
    return parse(text)
  } catch (error) {
    throw new Failure('usage', `expected YAML in ${file}: ${firstLine(error)}`, `edit ${file}`)
  }
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''

const problems = (name: string, error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${name}: ${path.join('.') || 'the file'}: ${message}`).join('\n')
