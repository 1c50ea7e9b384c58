import type { z } from 'zod'
import { Failure } from '../model/failure.ts'

/** What is expected in a file, which file, its text, and what to do when it is not there. */
export interface Document<T> {
  readonly what: string
  readonly path: string
  readonly text: string
  readonly schema: z.ZodType<T>
  readonly mend: string
}

/** Of a thing that is wrong all over, the first say enough. */
const mostProblems = 8

/** Reads a JSON file that collaudo wrote. Throws a usage Failure that names every wrong field, and what to do about a file of a newer collaudo. */
export const readDocument = <T>({ what, path, text, schema, mend }: Document<T>): T => {
  const refused = (got: string, hint = mend): Failure =>
    new Failure('usage', `expected ${what} in ${path}, got ${got}`, hint)
  const data = parsed(text, refused)
  const version = versionOf(data)
  if (version > 1)
    throw refused(`schemaVersion ${version}, of a newer collaudo`, 'read it with the collaudo that wrote it')
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw refused(`\n${inWords(result.error)}`)
}

const parsed = (text: string, refused: (got: string) => Failure): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error))
  }
}

const versionOf = (data: unknown): number =>
  typeof data === 'object' && data !== null && 'schemaVersion' in data ? Number(data.schemaVersion) : 0

const inWords = ({ issues }: z.ZodError): string => {
  const lines = issues
    .slice(0, mostProblems)
    .map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`)
  const more = issues.length - lines.length
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n')
}
