import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** A field of a message: its number, and what stands there, not yet read further. */
type Fields = ReadonlyMap<number, readonly (bigint | number | Uint8Array)[]>

const fieldsOf = (bytes: Uint8Array): Fields => {
  const reader = new BinaryReader(bytes)
  const fields = new Map<number, (bigint | number | Uint8Array)[]>()
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag()
    const value =
      wire === WireType.LengthDelimited
        ? reader.bytes()
        : wire === WireType.Bit64
          ? reader.double()
          : BigInt(reader.uint64())
    fields.set(field, [...(fields.get(field) ?? []), value])
  }
  return fields
}

const messages = (fields: Fields, field: number): readonly Uint8Array[] =>
  (fields.get(field) ?? []).filter((value) => value instanceof Uint8Array)

const text = (bytes: unknown): string => Buffer.from(bytes instanceof Uint8Array ? bytes : []).toString()

const zigzag = (value: unknown): number => {
  const raw = BigInt(String(value))
  return Number(raw & 1n ? -(raw + 1n) / 2n : raw / 2n)
}

export interface DecodedHistogram {
  readonly count: number
  readonly sum: number
  readonly schema: number
  readonly zeroCount: number
  /** By index. */
  readonly buckets: readonly (readonly [number, number])[]
  readonly atUnixMs: number
}

/** By types.proto of Prometheus, read independently of how it was written. */
const histogramOf = (bytes: Uint8Array): DecodedHistogram => {
  const fields = fieldsOf(bytes)
  const first = (field: number) => fields.get(field)?.[0] ?? 0
  const packed = new BinaryReader(messages(fields, 12)[0] ?? new Uint8Array())
  const buckets: [number, number][] = []
  let [index, count] = [0, 0]
  for (const span of messages(fields, 11).map(fieldsOf)) {
    index += zigzag(span.get(1)?.[0] ?? 0)
    for (let left = Number(span.get(2)?.[0] ?? 0); left > 0; left--) {
      count += Number(packed.sint64())
      buckets.push([index++, count])
    }
  }
  return {
    count: Number(first(1)),
    sum: Number(first(3)),
    schema: zigzag(first(4)),
    zeroCount: Number(first(6)),
    buckets,
    atUnixMs: Number(first(15)),
  }
}

export interface DecodedSeries {
  readonly labels: Readonly<Record<string, string>>
  /** In the order in which they were written. */
  readonly labelNames: readonly string[]
  readonly samples: readonly { readonly value: number; readonly atUnixMs: number }[]
  readonly histograms: readonly DecodedHistogram[]
}

export const decodeWriteRequest = (bytes: Uint8Array) => {
  const request = fieldsOf(bytes)
  const series = messages(request, 1).map((one): DecodedSeries => {
    const fields = fieldsOf(one)
    const labels = messages(fields, 1)
      .map(fieldsOf)
      .map((label) => [text(label.get(1)?.[0]), text(label.get(2)?.[0])] as const)
    return {
      labels: Object.fromEntries(labels),
      labelNames: labels.map(([name]) => name),
      samples: messages(fields, 2)
        .map(fieldsOf)
        .map((sample) => ({ value: Number(sample.get(1)?.[0] ?? 0), atUnixMs: Number(sample.get(2)?.[0] ?? 0) })),
      histograms: messages(fields, 4).map(histogramOf),
    }
  })
  const described = messages(request, 3)
    .map(fieldsOf)
    .map((one) => ({ type: Number(one.get(1)?.[0]), name: text(one.get(2)?.[0]), help: text(one.get(4)?.[0]) }))
  return { series, described }
}
