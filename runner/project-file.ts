import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { homeFolder } from '../home/home.ts'

/** Folders of a project of one's own, in the working directory: a YAML file for each thing, with its name. */
export type ProjectFolder = 'scenarios' | 'targets' | 'experiments'

/** The file of a name; undefined where there is none. */
export const projectFile = (folder: ProjectFolder, name: string): string | undefined => {
  const file = join(folder, `${name}.yaml`)
  return existsSync(file) ? file : undefined
}

/** The names in a folder, sorted; none where collaudo itself is the working directory. */
export const projectNames = (folder: ProjectFolder): readonly string[] => {
  if (resolve('.') === resolve(homeFolder) || !existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''))
    .toSorted()
}
