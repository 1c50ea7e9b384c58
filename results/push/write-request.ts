import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { Metric } from '../../model/metrics/metric.ts'
import { bucketsPerOctave, type Histogram } from '../histogram.ts'

/** A value at a time; `stale`: from then on there is none. */
export interface TimedValue {
  readonly atUnixMs: number
  readonly value: number | Histogram | 'stale'
}

export interface TimedSeries {
  readonly metric: Metric
  readonly labels: Readonly<Record<string, string>>
  /** Ascending. */
  readonly values: readonly TimedValue[]
}

/** 32 buckets per factor of two: 2^(2^-5) between bounds. */
const schema = Math.log2(bucketsPerOctave)

/** What rounds to 0 µs; below the first bucket, that of 1 µs. */
const zeroThresholdSeconds = 5e-7

/** The quiet NaN that Prometheus takes for "no longer there"; a double of JavaScript may lose its bits. */
const staleBits = 0x7ff0_0000_0000_0002n

/** Numbers of `MetricMetadata.MetricType`. */
const typeNumbers = { counter: 1, gauge: 2, histogram: 3 } as const

/** `prometheus.WriteRequest` of remote write 1.0, not yet compressed. Fields by prompb/remote.proto and types.proto. */
export const encodeWriteRequest = (series: readonly TimedSeries[], described: readonly Metric[]): Uint8Array => {
  const writer = new BinaryWriter()
  for (const one of series) {
    begin(writer, 1)
    encodeSeries(writer, one)
    writer.join()
  }
  for (const { kind, name, meaning } of described) {
    begin(writer, 3)
    writer.tag(1, WireType.Varint).int32(typeNumbers[kind])
    writer.tag(2, WireType.LengthDelimited).string(name)
    writer.tag(4, WireType.LengthDelimited).string(meaning)
    writer.join()
  }
  return writer.finish()
}

const begin = (writer: BinaryWriter, field: number): BinaryWriter => writer.tag(field, WireType.LengthDelimited).fork()

/** Labels have to be sorted by name; an empty one is none. */
const encodeSeries = (writer: BinaryWriter, { metric, labels, values }: TimedSeries): void => {
  const named = Object.entries({ ...labels, __name__: metric.name }).filter(([, value]) => value !== '')
  for (const [name, value] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    begin(writer, 1)
    writer.tag(1, WireType.LengthDelimited).string(name)
    writer.tag(2, WireType.LengthDelimited).string(value)
    writer.join()
  }
  for (const { atUnixMs, value } of values) {
    if (typeof value === 'object') encodeHistogram(begin(writer, 4), value, atUnixMs)
    else encodeSample(begin(writer, 2), value, atUnixMs)
    writer.join()
  }
}

const encodeSample = (writer: BinaryWriter, value: number | 'stale', atUnixMs: number): void => {
  writer.tag(1, WireType.Bit64)
  if (value === 'stale') writer.fixed64(staleBits)
  else writer.double(value)
  writer.tag(2, WireType.Varint).int64(atUnixMs)
}

const encodeHistogram = (writer: BinaryWriter, histogram: Histogram, atUnixMs: number): void => {
  const { zeros, spans, deltas } = nativeBuckets(histogram)
  writer.tag(1, WireType.Varint).uint64(histogram.count)
  writer.tag(3, WireType.Bit64).double(histogram.sumMs / 1000)
  writer.tag(4, WireType.Varint).sint32(schema)
  writer.tag(5, WireType.Bit64).double(zeroThresholdSeconds)
  writer.tag(6, WireType.Varint).uint64(zeros)
  for (const { offset, length } of spans) {
    begin(writer, 11)
    writer.tag(1, WireType.Varint).sint32(offset)
    writer.tag(2, WireType.Varint).uint32(length)
    writer.join()
  }
  begin(writer, 12)
  for (const delta of deltas) writer.sint64(delta)
  writer.join()
  writer.tag(15, WireType.Varint).int64(atUnixMs)
}

interface NativeBuckets {
  readonly zeros: number
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
  return { zeros: histogram.zeros, spans, deltas }
}
