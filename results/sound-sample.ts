import { journeyOutcomes, stepOutcomes, writeKinds, writeStates } from '../model/outcome.ts'
import type { Sample } from '../model/sample.ts'

/** Whether a decoded sample holds what its type promises; a damaged line can decode into anything. */
export const isSoundSample = (sample: Sample): boolean => {
  switch (sample.kind) {
    case 'row':
      return numbers(sample.dueMs, sample.takenMs, sample.startedMs)
    case 'abandoned':
      return numbers(sample.dueMs, sample.leftMs) && texts(sample.journey)
    case 'step':
      return (
        stepOutcomes.includes(sample.outcome) &&
        numbers(sample.startedMs, sample.durationMs, sample.fromDueMs ?? 0) &&
        texts(sample.journey, sample.step, sample.evidence?.traceId ?? '', sample.evidence?.body ?? '') &&
        Number.isInteger(sample.evidence?.status ?? 0)
      )
    case 'write':
      return (
        writeKinds.includes(sample.write) &&
        writeStates.includes(sample.state) &&
        numbers(sample.atMs) &&
        texts(sample.identifier, sample.patient, sample.slot) &&
        Number.isInteger(sample.parts ?? 0) &&
        texts(sample.digest ?? '')
      )
    case 'disclosed':
      return numbers(sample.atMs) && texts(sample.patient, sample.shown, sample.owner)
    case 'end':
      return journeyOutcomes.includes(sample.outcome) && numbers(sample.endedMs) && texts(sample.journey)
    case 'clock':
      return numbers(sample.t0UnixMs)
    case 'part':
      return (
        Number.isInteger(sample.part) &&
        Number.isInteger(sample.parts) &&
        texts(sample.fingerprint) &&
        numbers(sample.offset?.leastMs ?? 0, sample.offset?.mostMs ?? 0)
      )
    case 'part-ended':
      return numbers(sample.atMs)
  }
}

const numbers = (...values: readonly unknown[]): boolean => values.every(Number.isFinite)
const texts = (...values: readonly unknown[]): boolean => values.every((value) => typeof value === 'string')
