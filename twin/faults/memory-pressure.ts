import { totalmem } from 'node:os'
import { setImmediate as turn } from 'node:timers/promises'

/** A piece is filled in some ms: the event loop gets its turn between two. */
const pieceBytes = 16_000_000

/** Memory that the process holds outside its heap, and has touched. */
export class MemoryPressure {
  #pieces: ArrayBuffer[] = []
  #wantedBytes = 0

  /**
   * Resolves when the process holds this much, or, for less, when it has given the rest back. Rejects what is too much for the
   * machine.
   */
  async set(sizeBytes: number): Promise<void> {
    const mostBytes = Math.floor(totalmem() / 2)
    if (sizeBytes > mostBytes) {
      throw new RangeError(`expected at most half of the machine’s memory, ${mostBytes} bytes, got ${sizeBytes}`)
    }
    this.#wantedBytes = sizeBytes
    while (this.#heldBytes() > this.#wantedBytes) this.#giveBack()
    while (this.#heldBytes() < this.#wantedBytes) {
      const piece = new ArrayBuffer(Math.min(pieceBytes, this.#wantedBytes - this.#heldBytes()))
      new Uint8Array(piece).fill(1)
      this.#pieces.push(piece)
      await turn()
    }
  }

  #heldBytes(): number {
    return this.#pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** A transfer to nothing frees the bytes now, not when the garbage collector comes round. */
  #giveBack(): void {
    this.#pieces.pop()?.transfer(0)
  }
}
