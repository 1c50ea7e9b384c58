import { existsSync, readdirSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'

/** Folders of a project of one's own, in the working directory: a YAML file for each thing, with its name. */
export type ProjectFolder = 'scenarios' | 'targets' | 'experiments'

/** Where collaudo itself is the working directory there is no project beside it. */
const isProject = (): boolean => resolve('.') !== resolve(homeFolder)

const extensions = ['.yaml', '.yml']
const isYaml = (path: string): boolean => extensions.includes(extname(path))

/** The path itself where one is given, or the file of a name; undefined where there is none. Throws a usage Failure for two files of a name. */
export const projectFile = (folder: ProjectFolder, nameOrPath: string): string | undefined => {
  if (isYaml(nameOrPath)) return nameOrPath
  if (!isProject()) return undefined
  const files = extensions
    .map((extension) => join(folder, `${nameOrPath}${extension}`))
    .filter((path) => existsSync(path))
  if (files.length < 2) return files[0]
  throw new Failure(
    'usage',
    `expected one ${nameOrPath} in ${folder}, got ${files.join(' and ')}`,
    'rename one of them',
  )
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
    const names = readdirSync(folder)
      .filter(isYaml)
      .map((file) => basename(file, extname(file)))
    return [...new Set(names)].toSorted()
  } catch (error) {
    const got = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure('usage', `expected a folder that can be read at ${folder}, got ${got}`, `move ${folder} away`)
  }
}
