import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { z } from 'zod'
import { Failure } from '../model/failure.ts'

interface YamlFile<T> {
  /** What is expected, for messages: `an experiment`. */
  readonly what: string
  readonly path: string
  /** That of what was read: a file says itself which of several kinds it is. */
  readonly schemaOf: (data: unknown) => z.ZodType<T>
}

/** Reads a file of one's own. Throws a usage Failure with every problem, each with the path of the file and of the key. */
export const readYaml = async <T>({ what, path, schemaOf }: YamlFile<T>): Promise<T> => {
  const data = await parsed(what, path)
  const result = schemaOf(data).safeParse(data)
  if (result.success) return result.data
  const problems = result.error.issues.map(
    ({ path: keys, message }) => `${path}: ${keys.join('.') || 'the file'}: ${message}`,
  )
  throw new Failure('usage', problems.join('\n'), `edit ${path}`)
}

const parsed = async (what: string, path: string): Promise<unknown> => {
  try {
    return parse(await readFile(path, 'utf8'))
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n')
    const isThere = !first.startsWith('ENOENT')
    const mend = isThere ? `edit ${path}` : 'correct the path, or name one of collaudo list'
    throw new Failure('usage', `expected ${what} in YAML in ${path}, got ${isThere ? first : 'no such file'}`, mend)
  }
}
