import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Metric } from '../../model/metrics/metric.ts'
import { bucketsPerOctave, Histogram } from '../histogram.ts'
import type { Series } from './series-store.ts'

/** A series with its values in the order of their time. */
export interface TimedSeries {
  readonly series: Series
  readonly values: readonly { readonly atUnixMs: number; readonly value: number | Histogram }[]
}

/** 32 buckets per factor of two: 2^(2^-5) between bounds. */
const schema = Math.log2(bucketsPerOctave)

/** What rounds to 0 µs; below the first bucket, that of 1 µs. */
const zeroThresholdSeconds = 5e-7

/** Numbers of `MetricMetadata.MetricType`. */
const typeNumbers = { counter: 1, gauge: 2, histogram: 3 } as const

/**
 * Writes `prometheus.WriteRequest` of remote write 1.0, not yet compressed; fields by prompb/remote.proto and types.proto. Keeps what
 * does not change between two requests: most series are the same, and most histograms have got nothing new.
 */
export class WriteRequests {
  readonly #common: Readonly<Record<string, string>>
  readonly #labels = new Map<string, Uint8Array>()
  readonly #histograms = new Map<string, { readonly count: number; readonly bytes: Uint8Array }>()

  /** `common`: labels of every series. */
  constructor(common: Readonly<Record<string, string>>) {
    this.#common = common
  }

  /** `described`: metrics whose meaning is told along. */
  encode(all: readonly TimedSeries[], described: readonly Metric[]): Uint8Array {
    const writer = new BinaryWriter()
    for (const one of all) {
      begin(writer, 1)
      this.#series(writer, one)
      writer.join()
    }
    for (const metric of described) {
      begin(writer, 3)
      encodeMetadata(writer, metric)
      writer.join()
    }
    return writer.finish()
  }

  #series(writer: BinaryWriter, { series, values }: TimedSeries): void {
    const labels = this.#labels.get(series.key) ?? encodedLabels(series, this.#common)
    this.#labels.set(series.key, labels)
    writer.raw(labels)
    for (const { atUnixMs, value } of values) {
      if (value instanceof Histogram) {
        begin(writer, 4).raw(this.#histogram(series.key, value))
        writer.tag(15, WireType.Varint).int64(atUnixMs)
      } else {
        begin(writer, 2).tag(1, WireType.Bit64).double(value)
        writer.tag(2, WireType.Varint).int64(atUnixMs)
      }
      writer.join()
    }
  }

  /** All but its time. What it counts only grows, so an equal count is an equal histogram. */
  #histogram(key: string, histogram: Histogram): Uint8Array {
    const { count } = histogram
    const kept = this.#histograms.get(key)
    if (kept?.count === count) return kept.bytes
    const bytes = encodedHistogram(histogram)
    this.#histograms.set(key, { count, bytes })
    return bytes
  }
}

const begin = (writer: BinaryWriter, field: number): BinaryWriter => writer.tag(field, WireType.LengthDelimited).fork()

const encodeMetadata = (writer: BinaryWriter, { kind, name, meaning }: Metric): void => {
  writer.tag(1, WireType.Varint).int32(typeNumbers[kind])
  writer.tag(2, WireType.LengthDelimited).string(name)
  writer.tag(4, WireType.LengthDelimited).string(meaning)
}

/** Labels have to be sorted by name; an empty one is none. */
const encodedLabels = ({ metric, labels }: Series, common: Readonly<Record<string, string>>): Uint8Array => {
  const writer = new BinaryWriter()
  const named = Object.entries({ ...labels, ...common, __name__: metric.name }).filter(([, value]) => value !== '')
  for (const [name, value] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    begin(writer, 1)
    writer.tag(1, WireType.LengthDelimited).string(name)
    writer.tag(2, WireType.LengthDelimited).string(value)
    writer.join()
  }
  return writer.finish()
}

const encodedHistogram = (histogram: Histogram): Uint8Array => {
  const writer = new BinaryWriter()
  const { spans, deltas } = nativeBuckets(histogram)
  writer.tag(1, WireType.Varint).uint64(histogram.count)
  writer.tag(3, WireType.Bit64).double(histogram.sumMs / 1000)
  writer.tag(4, WireType.Varint).sint32(schema)
  writer.tag(5, WireType.Bit64).double(zeroThresholdSeconds)
  writer.tag(6, WireType.Varint).uint64(histogram.zeros)
  for (const { offset, length } of spans) {
    begin(writer, 11)
    writer.tag(1, WireType.Varint).sint32(offset)
    writer.tag(2, WireType.Varint).uint32(length)
    writer.join()
  }
  begin(writer, 12)
  // In 64 bits they would go through bigints; no count of ours is as great.
  for (const delta of deltas) writer.sint32(delta)
  writer.join()
  return writer.finish()
}

interface NativeBuckets {
  /** Runs of buckets that hold something; the offset is from the end of the run before. */
  readonly spans: readonly { readonly offset: number; readonly length: number }[]
  /** Of the counts, from bucket to bucket. */
  readonly deltas: readonly number[]
}

/** Ours have the same indices: bucket i ends at 2^(i/32) s. */
const nativeBuckets = (histogram: Histogram): NativeBuckets => {
  const spans: { offset: number; length: number }[] = []
  const deltas: number[] = []
  let [end, before] = [0, 0]
  for (const [index, count] of histogram.positiveBuckets()) {
    const last = spans.at(-1)
    if (last && index === end) last.length += 1
    else spans.push({ offset: index - end, length: 1 })
    deltas.push(count - before)
    before = count
    end = index + 1
  }
  return { spans, deltas }
}
