import type { StepOutcome } from '../model/outcome.ts'
import type { Evidence } from '../model/run-record.ts'
import type { StepDone } from '../model/sample.ts'
import { redact } from './redact.ts'

const keptPerStep = 3
const maxBodyLength = 500
/** Business answers that every healthy run is full of; nobody needs to see one. */
const ordinary: readonly StepOutcome[] = ['ok', 'empty', 'lost-race']

/** Chooses what is kept of steps: the first three of each kind of failure, and the slowest three, of every step. */
export class EvidenceKeeper {
  readonly #failuresKept = new Map<string, number>()
  readonly #slowest = new Map<string, StepDone[]>()

  /** The step as evidence when it is one of the first failures of its kind. */
  failure(sample: StepDone): Evidence | undefined {
    if (ordinary.includes(sample.outcome)) return undefined
    const key = `${stepKey(sample)}|${sample.outcome}`
    const kept = this.#failuresKept.get(key) ?? 0
    if (kept >= keptPerStep) return undefined
    this.#failuresKept.set(key, kept + 1)
    return evidenceOf(sample)
  }

  consider(sample: StepDone): void {
    const key = stepKey(sample)
    const slowest = this.#slowest.get(key)
    if (!slowest) this.#slowest.set(key, [sample])
    else if (slowest.length < keptPerStep || sample.durationMs > (slowest.at(-1)?.durationMs ?? 0)) {
      slowest.push(sample)
      slowest.sort((a, b) => b.durationMs - a.durationMs)
      slowest.length = Math.min(slowest.length, keptPerStep)
    }
  }

  slowest(): readonly Evidence[] {
    return [...this.#slowest.values()].flat().map(evidenceOf)
  }
}

const stepKey = (sample: StepDone): string => `${sample.stream}|${sample.journey}|${sample.step}`

const evidenceOf = (sample: StepDone): Evidence => ({
  stream: sample.stream,
  journey: sample.journey,
  step: sample.step,
  row: sample.row,
  outcome: sample.outcome,
  startedMs: sample.startedMs,
  durationMs: sample.durationMs,
  status: sample.evidence?.status ?? 0,
  traceId: sample.evidence?.traceId ?? '',
  body: redact(sample.evidence?.body ?? '').slice(0, maxBodyLength),
})
