import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'

/** Folders of a project of one's own, in the working directory: a YAML file for each thing, with its name. */
export type ProjectFolder = 'scenarios' | 'targets' | 'experiments'

/** Where collaudo itself is the working directory there is no project beside it. */
const isProject = (): boolean => resolve('.') !== resolve(homeFolder)

/** The file of a name; undefined where there is none. */
export const projectFile = (folder: ProjectFolder, name: string): string | undefined => {
  const file = join(folder, `${name}.yaml`)
  return isProject() && existsSync(file) ? file : undefined
}

/** Throws a usage Failure where the project has a file with a name that collaudo itself has: nobody could say which is meant. */
export const mustBeOnlyOurs = (folder: ProjectFolder, name: string): void => {
  const file = projectFile(folder, name)
  if (file === undefined) return
  throw new Failure('usage', `expected one ${name} in ${folder}, got collaudo's and ${file}`, `rename ${file}`)
}

/** The names in a folder, sorted; none where there is no such folder. Throws a usage Failure for one that cannot be read. */
export const projectNames = (folder: ProjectFolder): readonly string[] => {
  if (!isProject() || !existsSync(folder)) return []
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace(/\.yaml$/, ''))
      .toSorted()
  } catch (error) {
    const got = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure('usage', `expected a folder that can be read at ${folder}, got ${got}`, `move ${folder} away`)
  }
}
