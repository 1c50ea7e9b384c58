import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeSample, encodeSample } from '../../generators/sample-codec.ts'
import { journeyOutcomes, stepOutcomes, writeKinds, writeStates } from '../../model/outcome.ts'
import type { Sample } from '../../model/sample.ts'

const text = fc.string({ unit: 'grapheme' })
const ms = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const evidence = fc.record({ status: fc.nat(), traceId: text, body: text })
const samples: fc.Arbitrary<Sample> = fc.oneof(
  fc.record({ kind: fc.constant('row' as const), stream: text, row: fc.nat(), dueMs: ms, takenMs: ms, startedMs: ms }),
  fc.record({
    kind: fc.constant('step' as const),
    stream: text,
    journey: text,
    step: text,
    row: fc.nat(),
    outcome: fc.constantFrom(...stepOutcomes),
    startedMs: ms,
    durationMs: ms,
    fromDueMs: fc.option(ms, { nil: undefined }),
    evidence: fc.option(evidence, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('write' as const),
    write: fc.constantFrom(...writeKinds),
    state: fc.constantFrom(...writeStates),
    stream: text,
    row: fc.nat(),
    atMs: ms,
    identifier: text,
    patient: text,
    slot: text,
    fromSlot: fc.option(text, { nil: undefined }),
    parts: fc.option(fc.nat(), { nil: undefined }),
    digest: fc.option(text, { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('disclosed' as const),
    stream: text,
    row: fc.nat(),
    atMs: ms,
    patient: text,
    shown: text,
    owner: text,
  }),
  fc.record({
    kind: fc.constant('abandoned' as const),
    stream: text,
    journey: text,
    row: fc.nat(),
    dueMs: ms,
    leftMs: ms,
  }),
  fc.record({
    kind: fc.constant('end' as const),
    stream: text,
    journey: text,
    row: fc.nat(),
    outcome: fc.constantFrom(...journeyOutcomes),
    endedMs: ms,
  }),
  fc.record({ kind: fc.constant('clock' as const), t0UnixMs: ms }),
  fc.record({
    kind: fc.constant('part' as const),
    part: fc.nat(),
    parts: fc.nat(),
    fingerprint: text,
    offset: fc.option(fc.record({ leastMs: ms, mostMs: ms }), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('part-ended' as const), atMs: ms }),
)

test('a sample comes back as it was, and nothing in it can break a CSV field', () => {
  fc.assert(
    fc.property(samples, fc.nat(), fc.nat(), (sample, actor, sequence) => {
      const encoded = encodeSample({ actor, sequence }, sample)
      expect(encoded).not.toMatch(/[\s,"&=]/)
      expect(decodeSample(encoded)).toEqual({ origin: { actor, sequence }, sample })
    }),
  )
})

test.each(['', '%', 'null', '%5B%22x%22%5D'])('refuses what it did not write: %j', (encoded) => {
  expect(() => decodeSample(encoded)).toThrow()
})
