import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { homeFolder } from '../home/home.ts'
import { Failure } from '../model/failure.ts'

const templates = join(homeFolder, 'project')
const target = join('targets', 'staging.yaml')
/** npm leaves no file of this name in a package. */
const ignored = '.gitignore'
const ignoredText = 'node_modules/\nruns/\n'

/**
 * Writes a project into a folder and gives the files in it. Throws a usage Failure, with nothing written, where one of them is there
 * already, and where the folder cannot be written.
 */
export const makeProject = (dir: string): readonly string[] => {
  const copied = [...filesIn(templates)]
  const files = [...copied, target, ignored].toSorted()
  const there = files.filter((file) => existsSync(join(dir, file)))
  if (there.length > 0) {
    throw new Failure(
      'usage',
      there.map((file) => `expected no ${join(dir, file)}, got one`).join('\n'),
      'choose another folder: collaudo init DIR',
    )
  }
  try {
    for (const file of copied) copy(join(templates, file), join(dir, file))
    copy(join(homeFolder, 'targets', 'staging.example.yaml'), join(dir, target))
    writeFileSync(join(dir, ignored), ignoredText)
  } catch (error) {
    for (const file of files) removeIfThere(join(dir, file))
    const got = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure(
      'usage',
      `expected a folder that can be written at ${dir}, got ${got}`,
      'choose another: collaudo init DIR',
    )
  }
  return files
}

/** Below something that is no folder there is nothing. */
const removeIfThere = (file: string): void => {
  if (existsSync(file)) rmSync(file)
}

const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(dir, name)).isFile())

const copy = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
}
