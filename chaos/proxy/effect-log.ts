import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import type { LinkFault } from '../../model/fault.ts'

/** A connection or request that a fault has hit. Equal in two runs of one seed, but for the time. */
export interface EffectLine {
  /** Of the injection. */
  readonly id: string
  readonly link: string
  readonly kind: LinkFault['kind']
  /** Number of the connection since the injection, or the request's traceparent, or its number without one. */
  readonly key: number | string
  readonly figures: Readonly<Record<string, number>>
  readonly atUnixMs: number
}

const lineLimit = 100_000

/** NDJSON, an `EffectLine` each; after so many lines one that says so, and no more. */
export class EffectLog {
  readonly #file: WriteStream
  readonly #lineLimit: number
  #lines = 0
  #isBroken = false

  constructor(file: WriteStream, limit: number, warn: (line: string) => void) {
    this.#file = file
    this.#lineLimit = limit
    file.on('error', (error) => {
      if (!this.#isBroken) warn(`effects are no longer logged: ${error.message}`)
      this.#isBroken = true
    })
  }

  /** Rejects when the file cannot be made. */
  static async open(path: string, warn: (line: string) => void, limit = lineLimit): Promise<EffectLog> {
    const file = createWriteStream(path)
    await once(file, 'open')
    return new EffectLog(file, limit, warn)
  }

  add(line: EffectLine): void {
    if (this.#isBroken || this.#lines > this.#lineLimit) return
    const text = this.#lines === this.#lineLimit ? { full: true, lines: this.#lineLimit } : line
    this.#lines += 1
    this.#file.write(`${JSON.stringify(text)}\n`)
  }

  async close(): Promise<void> {
    if (this.#isBroken) return
    await new Promise<void>((resolve) => {
      this.#file.once('close', resolve)
      this.#file.end()
    })
  }
}
