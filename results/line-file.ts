import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Failure } from '../model/failure.ts'

/** Lines are written in blocks of about this size. */
const blockLength = 1 << 16
/**
 * A file of lines that does not exist under its name before it is whole: lines go to `<name>.part`, `publish` renames it.
 * All writes are synchronous, so memory does not grow when the disk is slow. With a name that ends with `.gz` each block
 * is a gzip member of its own: what a crash leaves can be read up to its last flush.
 */
export class LineFile {
  readonly #dir: string
  readonly #path: string
  readonly #descriptor: number
  readonly #isCompressed: boolean
  #block = ''
  #isOpen = true

  /** Throws a usage Failure when the folder cannot be written. */
  constructor(dir: string, name: string) {
    this.#dir = dir
    this.#path = join(dir, name)
    this.#isCompressed = name.endsWith('.gz')
    this.#descriptor = orFailure(dir, () => openSync(`${this.#path}.part`, 'w'))
  }

  append(line: string): void {
    this.#block += `${line}\n`
    if (this.#block.length >= blockLength) this.flush()
  }

  flush(): void {
    if (this.#block !== '') this.#write()
  }

  #write(): void {
    const block = this.#isCompressed ? gzipSync(this.#block) : this.#block
    orFailure(this.#dir, () => writeFileSync(this.#descriptor, block))
    this.#block = ''
  }

  /** Makes everything appended durable; no more may be appended. */
  close(): void {
    // No line at all is no gzip file either, but for an empty member.
    if (this.#isCompressed) this.#write()
    else this.flush()
    orFailure(this.#dir, () => fsyncSync(this.#descriptor))
    this.#isOpen = false
    closeSync(this.#descriptor)
  }

  /** After `close`. */
  publish(): void {
    orFailure(this.#dir, () => renameSync(`${this.#path}.part`, this.#path))
  }

  /** Removes what was written; may follow anything, nothing may follow it. */
  discard(): void {
    if (this.#isOpen) closeSync(this.#descriptor)
    this.#isOpen = false
    rmSync(`${this.#path}.part`, { force: true })
    rmSync(this.#path, { force: true })
  }
}

/** Runs a file operation; an error of the system (no space, no permission) becomes a usage Failure that names the folder. */
export const orFailure = <T>(dir: string, operation: () => T): T => {
  try {
    return operation()
  } catch (error) {
    const got = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new Failure(
      'usage',
      `expected room for the run record in ${dir}, got ${got}`,
      'free some space or choose another folder with --out DIR, then run again',
    )
  }
}
