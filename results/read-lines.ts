import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure } from '../model/failure.ts'

/**
 * The lines of a file that are not empty, one at a time; of what it holds when its name ends with `.gz`. Throws a usage Failure for a
 * file that cannot be read, or that ends in the middle of what was compressed.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path)
  const input = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => {}) : file
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') yield line
    }
  } catch (error) {
    const got = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure('usage', `expected a whole file at ${path}, got ${got}`, 'name the folder of a whole run')
  }
}
