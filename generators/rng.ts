/**
 * Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011).
 * A value depends only on the key and on how many were drawn before it, and each `split` or `at` has a key of its own,
 * so a new draw in one place changes no stream elsewhere.
 */
export interface Rng {
  /** Uniform in 0 … 2³² − 1. */
  uint32(): number
  /** Uniform in [0, 1), 53 bits. */
  float(): number
  /** Uniform integer in [0, below). */
  below(below: number): number
  /** An independent stream by name. */
  split(label: string): Rng
  /** An independent stream by index: element `index` of a sequence can be drawn without the ones before it. */
  at(index: number): Rng
}

type Words = readonly [number, number, number, number]

const mulHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const low = aLow * bHigh + (middle & 0xffff)
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(low / 0x10000)) >>> 0
}

/** One Philox4x32-10 block. */
export const philox = (counter: Words, key: readonly [number, number]): Words => {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < 10; round++) {
    const high0 = mulHigh(0xd2511f53, c0)
    const low0 = Math.imul(0xd2511f53, c0)
    const high1 = mulHigh(0xcd9e8d57, c2)
    const low1 = Math.imul(0xcd9e8d57, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + 0x9e3779b9) | 0
    k1 = (k1 + 0xbb67ae85) | 0
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0]
}

/** Fourth counter word: keeps draws, splits and elements of one key apart. */
const use = { draw: 0, split: 1, element: 2 } as const

class PhiloxRng implements Rng {
  readonly #key: readonly [number, number]
  #block: Words = [0, 0, 0, 0]
  #drawn = 0

  constructor(key: readonly [number, number]) {
    this.#key = key
  }

  uint32(): number {
    const word = this.#drawn % 4
    if (word === 0) this.#block = philox([this.#drawn / 4, 0, 0, use.draw], this.#key)
    this.#drawn++
    return this.#block[word] ?? 0
  }

  float(): number {
    return ((this.uint32() >>> 5) * 0x4000000 + (this.uint32() >>> 6)) / 0x20000000000000
  }

  below(below: number): number {
    return Math.floor(this.float() * below)
  }

  split(label: string): Rng {
    return this.#derive(hash(label, 0x811c9dc5), hash(label, 0x9747b28c), use.split)
  }

  at(index: number): Rng {
    return this.#derive(index >>> 0, Math.floor(index / 0x100000000), use.element)
  }

  #derive(low: number, high: number, domain: number): Rng {
    const [k0, k1] = philox([low, high, 0, domain], this.#key)
    return new PhiloxRng([k0, k1])
  }
}

/** FNV-1a over UTF-16 units from a given basis. */
const hash = (label: string, basis: number): number => {
  let value = basis
  for (let index = 0; index < label.length; index++) value = Math.imul(value ^ label.charCodeAt(index), 0x01000193)
  return value >>> 0
}

/** The root of all streams of a seed (a safe integer ≥ 0). */
export const rngOf = (seed: number): Rng => new PhiloxRng([seed >>> 0, Math.floor(seed / 0x100000000) >>> 0])
