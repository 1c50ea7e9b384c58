import type { Pace, Pacer } from './pacer.ts'
import { bytesOf, type Piece } from './piece.ts'

/** Memory of a piece besides its bytes, so that many small ones count too. */
const pieceOverheadBytes = 256

interface Held {
  readonly piece: Piece
  readonly arrivedMs: number
  readonly exchange: number
}

/** Holds what passes one lane of a connection for as long as one fault asks; keeps the order. */
export class Stage {
  readonly #pacer: Pacer
  readonly #release: (piece: Piece) => void
  #held: Held[] = []
  #heldBytes = 0
  #pace: Pace | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(pacer: Pacer, release: (piece: Piece) => void) {
    this.#pacer = pacer
    this.#release = release
  }

  get heldBytes(): number {
    return this.#heldBytes
  }

  push(piece: Piece, exchange: number): void {
    this.#held.push({ piece, arrivedMs: performance.now(), exchange })
    this.#heldBytes += bytesOf(piece) + pieceOverheadBytes
    if (this.#held.length === 1) this.#run()
  }

  /** Lets everything go on now. */
  flush(): void {
    const held = this.#held
    this.discard()
    for (const { piece } of held) this.#release(piece)
  }

  discard(): void {
    clearTimeout(this.#timer)
    this.#held = []
    this.#heldBytes = 0
    this.#pace = undefined
  }

  #run(): void {
    for (let first = this.#held[0]; first !== undefined; first = this.#held[0]) {
      const pace = this.#pace ?? this.#pacer({ ...first, bytes: bytesOf(first.piece) })
      this.#pace = pace
      const waitMs = pace.atMs - performance.now()
      if (waitMs > 0) {
        if (Number.isFinite(waitMs)) this.#timer = setTimeout(() => this.#run(), Math.ceil(waitMs))
        return
      }
      this.#pace = undefined
      this.#take(first, pace.bytes)
    }
  }

  #take(first: Held, bytes: number): void {
    const { piece } = first
    if (typeof piece === 'string' || bytes >= piece.length) {
      this.#held.shift()
      this.#heldBytes -= bytesOf(piece) + pieceOverheadBytes
      this.#release(piece)
      return
    }
    this.#held[0] = { ...first, piece: piece.subarray(bytes) }
    this.#heldBytes -= bytes
    this.#release(piece.subarray(0, bytes))
  }
}
