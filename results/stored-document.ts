import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { Failure } from '../model/failure.ts'
import { LineFile } from './line-file.ts'

/** Writes a document as JSON, whole or not at all. Throws a usage Failure without room. */
export const writeDocument = (dir: string, name: string, document: unknown): void => {
  const file = new LineFile(dir, name)
  try {
    file.append(JSON.stringify(document, null, 2))
    file.close()
    file.publish()
  } catch (error) {
    file.discard()
    throw error
  }
}

/** What is expected in a file, which file, and what to do when it is not there. */
export interface StoredDocument<T> {
  /** As in `a run record`. */
  readonly what: string
  readonly path: string
  readonly schema: z.ZodType<T>
  readonly mend: string
}

/** Of a thing that is wrong all over, the first say enough. */
const mostProblems = 8

/** Reads a document that collaudo wrote. Throws a usage Failure that names every wrong field, and what to do about a file of a newer collaudo. */
export const readDocument = <T>({ what, path, schema, mend }: StoredDocument<T>): T => {
  const refused = (got: string, hint = mend): Failure =>
    new Failure('usage', `expected ${what} in ${path}, got ${got}`, hint)
  const data = parsed(path, refused)
  const version = versionOf(data)
  if (version > 1) {
    throw refused(`schemaVersion ${version}, of a newer collaudo`, 'read it with the collaudo that wrote it')
  }
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw refused(`\n${inWords(result.error)}`)
}

const parsed = (path: string, refused: (got: string) => Failure): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
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
