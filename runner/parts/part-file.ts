import { open, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Failure } from '../../model/failure.ts'
import type { PartBegan } from '../../model/sample.ts'
import type { Split } from '../../model/split.ts'
import { K6Output } from '../../results/k6-output.ts'

/** What one part has brought back. */
export interface PartFile {
  readonly path: string
  /** From 0. */
  readonly part: number
}

/** What setup tells comes before anything else. */
const headBytes = 65_536
const tailBytes = 65_536

/**
 * The files of the parts in these folders, by what they say of themselves; one in which nobody has told anything is none. Throws a usage
 * Failure that names every file of another plan or another split, and every part that is there twice.
 */
export const findParts = async (dirs: readonly string[], split: Split): Promise<readonly PartFile[]> => {
  const found: PartFile[] = []
  const problems: string[] = []
  for (const path of await csvFilesIn(dirs)) {
    const head = await readHead(path)
    if (!head) continue
    const problem = foreign(head, split) ?? repeated(head, found)
    if (problem === undefined) found.push({ path, part: head.began.part })
    else problems.push(`${path}: ${problem}`)
  }
  if (problems.length === 0) return found
  throw new Failure('usage', problems.join('\n'), 'keep only what the parts of this split have written')
}

const csvFilesIn = async (dirs: readonly string[]): Promise<readonly string[]> => {
  const lists = await Promise.all(
    dirs.map(async (dir) => {
      const names = await readdir(dir).catch(() => [])
      return names.filter((name) => name.endsWith('.csv')).map((name) => join(dir, name))
    }),
  )
  return [...new Set(lists.flat().map((path) => resolve(path)))].toSorted()
}

interface Head {
  readonly began: PartBegan
  readonly zeroUnixMs: number | undefined
}

const foreign = ({ began, zeroUnixMs }: Head, split: Split): string | undefined => {
  if (began.fingerprint !== split.fingerprint) {
    return `expected a part of the plan ${split.fingerprint.slice(0, 12)}, got one of ${began.fingerprint.slice(0, 12)}`
  }
  if (began.parts !== split.parts || zeroUnixMs !== split.zeroUnixMs) {
    return `expected one of ${split.parts} parts that begin at ${instant(split.zeroUnixMs)}, got one of ${began.parts} at ${instant(zeroUnixMs)}`
  }
  return undefined
}

const instant = (unixMs: number | undefined): string =>
  unixMs === undefined ? 'no time' : new Date(unixMs).toISOString()

const repeated = ({ began }: Head, found: readonly PartFile[]): string | undefined => {
  const before = found.find(({ part }) => part === began.part)
  return before && `expected part ${began.part + 1} once, got it in ${before.path} too`
}

const readHead = async (path: string): Promise<Head | undefined> => {
  let zeroUnixMs: number | undefined
  const output = new K6Output((sample) => {
    if (sample.kind === 'clock') zeroUnixMs = sample.t0UnixMs
    return true
  })
  output.write(await bytesOf(path, { fromEnd: false, bytes: headBytes }))
  return output.began && { began: output.began, zeroUnixMs }
}

/** Whether a part has told its end. */
export const hasEnded = async (path: string): Promise<boolean> => {
  const tail = await bytesOf(path, { fromEnd: true, bytes: tailBytes })
  // Of teardown: the tag of its kind, percent-encoded.
  return tail.includes('c=%5B%22q%22')
}

const bytesOf = async (path: string, { fromEnd, bytes }: { fromEnd: boolean; bytes: number }): Promise<Buffer> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const length = Math.min(size, bytes)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, fromEnd ? size - length : 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
