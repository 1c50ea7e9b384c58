import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The project's folder. */
export const root = join(import.meta.dirname, '..', '..')

/** What is not source: history, installed and built things, data of runs. */
const apart = new Set(['.git', 'node_modules', '.tools', 'runs', 'coverage', 'baselines'])

/** Every file of the project, relative to its folder, with `/` between names. */
export function sourceFiles(folder = ''): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (apart.has(entry.name) || entry.isSymbolicLink()) return []
    return entry.isDirectory() ? sourceFiles(path) : [path]
  })
}
