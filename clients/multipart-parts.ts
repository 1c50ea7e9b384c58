const headEnd = '\r\n\r\n'

/**
 * The parts of a `multipart/related` body as they come, one in memory at a time. Throws an Error when the body ends before
 * its final boundary: what came may not be all there is.
 */
export async function* multipartParts(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Buffer> {
  const buffer = new Growing()
  const delimiter = Buffer.from(`--${boundary}`)
  let hasBegun = false
  let isWhole = false
  for await (const chunk of body) {
    buffer.append(chunk)
    for (let part = buffer.takeUpTo(delimiter); part && !isWhole; part = buffer.takeUpTo(delimiter)) {
      if (hasBegun) yield contentOf(part)
      hasBegun = true
    }
    isWhole ||= hasBegun && buffer.startsWith('--')
  }
  if (!isWhole) throw new Error('expected a body up to its final boundary, got a part of it')
}

/** Between the empty line and the line break that belongs to the next delimiter. */
const contentOf = (part: Buffer): Buffer => {
  const headLength = part.indexOf(headEnd)
  return part.subarray(headLength < 0 ? 0 : headLength + headEnd.length, part.length - 2)
}

/** Bytes that came and were not taken yet. Their room doubles, so that a part of megabytes is not copied for every piece. */
class Growing {
  #bytes = Buffer.alloc(1 << 16)
  #from = 0
  #to = 0
  #searchedTo = 0

  append(chunk: Uint8Array): void {
    if (this.#to + chunk.length > this.#bytes.length) this.#makeRoom(chunk.length)
    this.#bytes.set(chunk, this.#to)
    this.#to += chunk.length
  }

  /** A copy of what comes before the delimiter, which goes too; undefined when it has not come. */
  takeUpTo(delimiter: Buffer): Buffer | undefined {
    const at = this.#bytes.subarray(0, this.#to).indexOf(delimiter, this.#searchedTo)
    if (at < 0) {
      this.#searchedTo = Math.max(this.#from, this.#to - delimiter.length)
      return undefined
    }
    const taken = Buffer.from(this.#bytes.subarray(this.#from, at))
    this.#from = at + delimiter.length
    this.#searchedTo = this.#from
    return taken
  }

  startsWith(text: string): boolean {
    return this.#bytes.toString('latin1', this.#from, Math.min(this.#to, this.#from + text.length)) === text
  }

  #makeRoom(wantedBytes: number): void {
    const kept = this.#to - this.#from
    const room = kept + wantedBytes > this.#bytes.length ? Buffer.alloc(2 * (kept + wantedBytes)) : this.#bytes
    room.set(this.#bytes.subarray(this.#from, this.#to))
    this.#searchedTo -= this.#from
    this.#bytes = room
    this.#from = 0
    this.#to = kept
  }
}
