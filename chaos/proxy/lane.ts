import type { Duplex } from 'node:stream'
import type { Pacer } from './pacer.ts'
import type { Piece } from './piece.ts'
import { Stage } from './stage.ts'

/** A lane that holds so much reads no more until some of it is gone. */
const heldLimitBytes = 16 * 1024 * 1024

export interface LaneEnds {
  /** What the lane reads from and writes to at this moment; undefined when that end is not there (yet, or any more). */
  readonly from: () => Duplex | undefined
  readonly to: () => Duplex | undefined
  readonly deliver: (piece: Piece) => void
  readonly exchange: () => number
}

/** One direction of a connection. Without faults a piece goes from one end to the other within one call. */
export class Lane {
  readonly #ends: LaneEnds
  /** In the order of passing; the newest fault is nearest to the delivery, so that it hits what older ones still hold. */
  readonly #stages = new Map<string, Stage>()
  #entry: Stage | undefined
  #isPaused = false

  constructor(ends: LaneEnds) {
    this.#ends = ends
  }

  /** Nothing holds what passes: it is at the other end when `accept` returns. */
  get isStraight(): boolean {
    return this.#entry === undefined
  }

  accept(piece: Piece): void {
    if (this.#entry === undefined) this.#ends.deliver(piece)
    else this.#entry.push(piece, this.#ends.exchange())
    this.settle()
  }

  /** Holds what passes from now on as `pacer` says, until `remove`. */
  add(id: string, pacer: Pacer): void {
    const stage = new Stage(pacer, (piece) => this.#passOn(id, piece))
    this.#stages.set(id, stage)
    this.#entry ??= stage
  }

  remove(id: string): void {
    this.#stages.get(id)?.flush()
    this.#stages.delete(id)
    this.#entry = this.#stages.values().next().value
    this.settle()
  }

  /** Drops what is held: nobody is there to get it. */
  discard(): void {
    for (const stage of this.#stages.values()) stage.discard()
  }

  /** Reads on, or not, by what is held and by what the other end still has to take. */
  settle(): void {
    const isFull = this.#isFull()
    if (isFull === this.#isPaused) return
    this.#isPaused = isFull
    if (isFull) this.#ends.from()?.pause()
    else this.#ends.from()?.resume()
  }

  #isFull(): boolean {
    const to = this.#ends.to()
    if (this.#entry === undefined) return to?.writableNeedDrain ?? false
    let bytes = to?.writableLength ?? 0
    for (const stage of this.#stages.values()) bytes += stage.heldBytes
    return bytes >= heldLimitBytes
  }

  #passOn(id: string, piece: Piece): void {
    const next = this.#after(id)
    if (next === undefined) this.#ends.deliver(piece)
    else next.push(piece, this.#ends.exchange())
    this.settle()
  }

  #after(id: string): Stage | undefined {
    let isNext = false
    for (const [other, stage] of this.#stages) {
      if (isNext) return stage
      isNext = other === id
    }
    return undefined
  }
}
