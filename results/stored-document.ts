import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
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

/** Reads such a document, said to be `what` (`a run record`). Throws a usage Failure naming everything that is wrong with it. */
export const readDocument = <T>(
  [dir, name]: readonly [dir: string, name: string],
  schema: z.ZodType<T>,
  { what, hint }: { readonly what: string; readonly hint: string },
): T => {
  const path = join(dir, name)
  const wrong = (got: string) => new Failure('usage', `expected ${what} in ${path}, got${got}`, hint)
  const result = schema.safeParse(parsed(path, wrong))
  if (result.success) return result.data
  throw wrong(`\n${z.prettifyError(result.error)}`)
}

const parsed = (path: string, wrong: (got: string) => Failure): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw wrong(` ${error instanceof Error ? error.message : error}`)
  }
}
