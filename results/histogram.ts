/** Buckets per factor of two: schema 5 of Prometheus' native histograms, so cells convert to them without loss. */
export const bucketsPerOctave = 32

/**
 * A histogram as numbers: [sum in µs, max in µs, count of zeros, first bucket's index, its count, then for each further
 * bucket the step from the last index and its count].
 */
export type HistogramJson = readonly number[]

/**
 * Log-bucket histogram of durations. Bucket i holds 2^((i-1)/32) s < value ≤ 2^(i/32) s; values are rounded to 1 µs first,
 * and what rounds to 0 (or is negative) goes into a zero bucket. Count, sum and max of the rounded values are exact, so
 * merging in any order gives the same histogram.
 */
export class Histogram {
  readonly #buckets = new Map<number, number>()
  #zeros = 0
  #count = 0
  #sumUs = 0
  #maxUs = 0

  get count(): number {
    return this.#count
  }

  /** Values that round to 0 µs. */
  get zeros(): number {
    return this.#zeros
  }

  get sumMs(): number {
    return this.#sumUs / 1000
  }

  get maxMs(): number {
    return this.#maxUs / 1000
  }

  record(ms: number): void {
    const us = Math.max(0, Math.round(ms * 1000))
    if (us === 0) this.#zeros += 1
    else this.#add(bucketIndex(us), 1)
    this.#count += 1
    this.#sumUs += us
    if (us > this.#maxUs) this.#maxUs = us
  }

  /** Adds everything that `other` counted. */
  merge(other: Histogram): void {
    for (const [index, count] of other.#buckets) this.#add(index, count)
    this.#zeros += other.#zeros
    this.#count += other.#count
    this.#sumUs += other.#sumUs
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs)
  }

  /**
   * The value of rank ⌈q × count⌉ (nearest rank, from 1), in ms: the geometric middle of its bucket, which is within 1.1 %,
   * never above the maximum; the highest rank is the exact maximum. 0 when nothing was recorded.
   */
  quantile(q: number): number {
    // The subtraction keeps 0.07 × 100 = 7.000000000000001 from becoming rank 8.
    const rank = Math.max(1, Math.ceil(q * this.#count - 1e-9))
    if (rank >= this.#count) return this.maxMs
    let below = this.#zeros
    if (rank <= below) return 0
    for (const [index, count] of this.#sorted()) {
      below += count
      if (rank <= below) return Math.min(this.maxMs, 2 ** ((index - 0.5) / bucketsPerOctave) * 1000)
    }
    return this.maxMs
  }

  /** Values of at most so many ms; those in the bucket of the bound count when its middle does. */
  countUpTo(ms: number): number {
    if (ms >= this.maxMs) return this.#count
    return this.#sorted()
      .filter(([index]) => 2 ** ((index - 0.5) / bucketsPerOctave) * 1000 <= ms)
      .reduce((sum, [, count]) => sum + count, ms < 0 ? 0 : this.#zeros)
  }

  /** What was counted, by ascending bucket; what rounds to 0 µs stands one bucket below the first of 1 µs. */
  buckets(): readonly (readonly [index: number, count: number])[] {
    const zeros: [number, number][] = this.#zeros > 0 ? [[bucketIndex(1) - 1, this.#zeros]] : []
    return [...zeros, ...this.#sorted()]
  }

  /** The same without those that round to 0 µs. */
  positiveBuckets(): readonly (readonly [index: number, count: number])[] {
    return this.#sorted()
  }

  /** Sum of the values in ms, each with so many at most; those of a bucket that the bound cuts count as its middle. */
  sumUpTo(ms: number): number {
    if (ms <= 0) return 0
    if (ms >= this.maxMs) return this.sumMs
    return this.#sorted().reduce(
      (sum, [index, count]) => sum + count * Math.min(ms, 2 ** ((index - 0.5) / bucketsPerOctave) * 1000),
      0,
    )
  }

  toJSON(): HistogramJson {
    let last = 0
    const buckets = this.#sorted().flatMap(([index, count]) => {
      const step = index - last
      last = index
      return [step, count]
    })
    return [this.#sumUs, this.#maxUs, this.#zeros, ...buckets]
  }

  static parse(json: HistogramJson): Histogram {
    const histogram = new Histogram()
    const [sumUs = 0, maxUs = 0, zeros = 0, ...buckets] = json
    let index = 0
    for (let at = 0; at + 1 < buckets.length; at += 2) {
      index += buckets[at] ?? 0
      const count = buckets[at + 1] ?? 0
      histogram.#add(index, count)
      histogram.#count += count
    }
    histogram.#zeros = zeros
    histogram.#count += zeros
    histogram.#sumUs = sumUs
    histogram.#maxUs = maxUs
    return histogram
  }

  static merged(parts: Iterable<Histogram>): Histogram {
    const all = new Histogram()
    for (const part of parts) all.merge(part)
    return all
  }

  #add(index: number, count: number): void {
    this.#buckets.set(index, (this.#buckets.get(index) ?? 0) + count)
  }

  #sorted(): [number, number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b)
  }
}

/** The i with 2^((i-1)/32) < seconds ≤ 2^(i/32); the logarithm alone is off by one now and then at a bound. */
const bucketIndex = (us: number): number => {
  const seconds = us / 1e6
  const index = Math.ceil(Math.log2(seconds) * bucketsPerOctave)
  if (2 ** (index / bucketsPerOctave) < seconds) return index + 1
  return 2 ** ((index - 1) / bucketsPerOctave) >= seconds ? index - 1 : index
}
