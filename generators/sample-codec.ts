import type { Origin, PartBegan, Sample, StepDone, Write } from '../model/sample.ts'

/**
 * A sample as it crosses from k6 to Node: percent-encoded JSON of an array, because the CSV output of k6 escapes neither
 * `&`, `=` nor newlines in metadata. Shape: [kind, actor, sequence, ...fields in the order below].
 */
export const encodeSample = (origin: Origin, sample: Sample): string =>
  encodeURIComponent(JSON.stringify(fieldsOf(origin, sample)))

const tags = {
  row: 'r',
  abandoned: 'a',
  disclosed: 'd',
  step: 's',
  write: 'w',
  end: 'e',
  clock: 'c',
  part: 'p',
  partEnded: 'q',
} as const

/** One literal a kind: spreading arrays costs an actor of k6 more than the JSON. */
const fieldsOf = ({ actor, sequence }: Origin, sample: Sample): readonly unknown[] => {
  switch (sample.kind) {
    case 'row':
      return [tags.row, actor, sequence, sample.stream, sample.row, sample.dueMs, sample.takenMs, sample.startedMs]
    case 'abandoned':
      return [tags.abandoned, actor, sequence, sample.stream, sample.journey, sample.row, sample.dueMs, sample.leftMs]
    case 'disclosed':
      return [
        tags.disclosed,
        actor,
        sequence,
        sample.stream,
        sample.row,
        sample.atMs,
        sample.patient,
        sample.shown,
        sample.owner,
      ]
    case 'step':
      return stepFields([tags.step, actor, sequence], sample)
    case 'write':
      return writeFields([tags.write, actor, sequence], sample)
    case 'end':
      return [tags.end, actor, sequence, sample.stream, sample.journey, sample.row, sample.outcome, sample.endedMs]
    case 'clock':
      return [tags.clock, actor, sequence, sample.t0UnixMs]
    case 'part':
      return partFields([tags.part, actor, sequence], sample)
    case 'part-ended':
      return [tags.partEnded, actor, sequence, sample.atMs]
  }
}

const partFields = (fields: unknown[], { part, parts, fingerprint, offset }: PartBegan): readonly unknown[] => {
  fields.push(part, parts, fingerprint)
  if (offset) fields.push(offset.leastMs, offset.mostMs)
  return fields
}

const writeFields = (fields: unknown[], sample: Write): readonly unknown[] => {
  const { write, state, stream, row, atMs, identifier, patient, slot, fromSlot, parts, digest } = sample
  fields.push(write, state, stream, row, atMs, identifier, patient, slot)
  if (digest !== undefined) fields.push(fromSlot ?? null, parts ?? null, digest)
  else if (parts !== undefined) fields.push(fromSlot ?? null, parts)
  else if (fromSlot !== undefined) fields.push(fromSlot)
  return fields
}

const stepFields = (fields: unknown[], sample: StepDone): readonly unknown[] => {
  const { stream, journey, step, row, outcome, startedMs, durationMs, fromDueMs, evidence } = sample
  fields.push(stream, journey, step, row, outcome, startedMs, durationMs, fromDueMs ?? null)
  if (evidence) fields.push(evidence.status, evidence.traceId, evidence.body)
  return fields
}

/** The inverse of `encodeSample`. Throws a SyntaxError or URIError on anything that it did not write. */
export const decodeSample = (encoded: string): { readonly origin: Origin; readonly sample: Sample } => {
  const [tag, actor, sequence, ...fields] = JSON.parse(decodeURIComponent(encoded))
  return { origin: { actor, sequence }, sample: sampleOf(tag, fields) }
}

// biome-ignore lint/suspicious/noExplicitAny: replaced below
const sampleOf = (tag: string, f: readonly any[]): Sample => {
  switch (tag) {
    case tags.row:
      return { kind: 'row', stream: f[0], row: f[1], dueMs: f[2], takenMs: f[3], startedMs: f[4] }
    case tags.abandoned:
      return { kind: 'abandoned', stream: f[0], journey: f[1], row: f[2], dueMs: f[3], leftMs: f[4] }
    case tags.disclosed:
      return { kind: 'disclosed', stream: f[0], row: f[1], atMs: f[2], patient: f[3], shown: f[4], owner: f[5] }
    case tags.step:
      return {
        kind: 'step',
        stream: f[0],
        journey: f[1],
        step: f[2],
        row: f[3],
        outcome: f[4],
        startedMs: f[5],
        durationMs: f[6],
        fromDueMs: f[7] ?? undefined,
        evidence: f.length > 8 ? { status: f[8], traceId: f[9], body: f[10] } : undefined,
      }
    case tags.write:
      return {
        kind: 'write',
        write: f[0],
        state: f[1],
        stream: f[2],
        row: f[3],
        atMs: f[4],
        identifier: f[5],
        patient: f[6],
        slot: f[7],
        fromSlot: f[8] ?? undefined,
        parts: f[9] ?? undefined,
        digest: f[10],
      }
    case tags.end:
      return { kind: 'end', stream: f[0], journey: f[1], row: f[2], outcome: f[3], endedMs: f[4] }
    case tags.clock:
      return { kind: 'clock', t0UnixMs: f[0] }
    case tags.part:
      return {
        kind: 'part',
        part: f[0],
        parts: f[1],
        fingerprint: f[2],
        offset: f.length > 3 ? { leastMs: f[3], mostMs: f[4] } : undefined,
      }
    case tags.partEnded:
      return { kind: 'part-ended', atMs: f[0] }
    default:
      throw new SyntaxError(`expected a sample tag, got ${tag}`)
  }
}
