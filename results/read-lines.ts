import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** The lines of a file that are not empty, one at a time. */
export async function* readLines(path: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== '') yield line
  }
}
