import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'
import type { RenderedFile } from './rendered.ts'

/** Where the committed ones lie. */
export const dashboardsFolder = join(homeFolder, 'dashboards')

/** Throws a usage Failure for a folder that cannot be written. */
export const writeFiles = (dir: string, files: readonly RenderedFile[]): void => {
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), text)
    }
  } catch (error) {
    const got = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure(
      'usage',
      `expected a folder that can be written at ${dir}, got ${got}`,
      'choose another with --out DIR',
    )
  }
}

/** Paths of files that are not there, or not what is rendered now. */
export const staleFiles = (dir: string, files: readonly RenderedFile[]): readonly string[] =>
  files.filter(({ path, text }) => contentOf(join(dir, path)) !== text).map(({ path }) => path)

const contentOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
