import type { Comparison } from '../model/comparison.ts'
import { Failure } from '../model/failure.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { Target } from '../model/target.ts'
import { compare } from '../results/comparison/compare.ts'
import { readStepBlocks } from '../results/comparison/step-blocks.ts'
import { withComparison } from '../results/comparison/with-comparison.ts'
import { renderReports } from '../results/render-reports.ts'
import { writeRecord } from '../results/stored-record.ts'
import { beginTogether } from './begin-together.ts'
import { isEmbedded } from './read-target.ts'
import { run } from './run.ts'
import type { RunRequest } from './run-request.ts'

interface Side {
  /** How its target was named. */
  readonly name: string
  readonly request: RunRequest
}

/** Two runs of one plan: against what is there, and against what may take its place. */
export interface PairRequest {
  readonly before: Side
  readonly after: Side
  /** What counts as a change; a change of 3 % when absent. */
  readonly floorRatio?: number | undefined
}

export interface PairResult {
  readonly before: RunRecord
  /** With the comparison, and a verdict that heeds it. */
  readonly after: RunRecord
  readonly comparison: Comparison
}

/**
 * Runs the same rows at the same moments against two targets, side by side, and compares them stretch by stretch: what disturbs the
 * machine disturbs both. Throws what the run that fails first throws, once the other has ended too.
 */
export const runPair = async ({ before, after, floorRatio }: PairRequest): Promise<PairResult> => {
  mustDiffer(before, after)
  const broken = new AbortController()
  const signal = AbortSignal.any([after.request.signal, broken.signal])
  const together = beginTogether(Date.now, signal)
  let failure: { readonly error: unknown } | undefined
  const one = async ({ request }: Side): Promise<RunRecord | undefined> => {
    try {
      return await run({ ...request, signal, together, isUsual: false })
    } catch (error) {
      // What the other one says of being broken off is not why.
      failure ??= { error }
      broken.abort(new Failure('interrupted', 'interrupted: the other run failed', 'run it again'))
      return undefined
    }
  }
  const [first, second] = await Promise.all([one(before), one(after)])
  if (!first || !second) throw failure?.error
  const sides = { before: await sideOf(before, first), after: await sideOf(after, second) }
  const comparison = whole([first, second], compare('ab', sides, floorRatio))
  const judged = believed(first, withComparison(second, comparison))
  const { dir } = after.request
  writeRecord(dir, judged)
  await renderReports(dir)
  return { before: first, after: judged, comparison }
}

/** Throws a usage Failure where both sides would load the same systems. */
const mustDiffer = (before: Side, after: Side): void => {
  const [a, b] = [before.request.target, after.request.target]
  if (isEmbedded(a) || isEmbedded(b)) return
  const urls = (target: Target) => Object.values(target.systems).flatMap((system) => system?.baseUrl ?? [])
  const shared = urls(a as Target).filter((url) => urls(b as Target).includes(url))
  if (a.name !== b.name && shared.length === 0) return
  const got = shared[0] ?? `${a.name} twice`
  throw new Failure('usage', `expected two targets, got ${got} in both`, 'name another target, or run it once')
}

/** Where a side ended early, the other one's later blocks have nothing to be compared with. */
const whole = (records: readonly RunRecord[], comparison: Comparison): Comparison => {
  const early = records.filter(({ ended }) => ended !== 'completed')
  if (early.length === 0) return comparison
  const reasons = early.map(({ id, ended }) => `${id} did not come to its end: ${ended}.`)
  return { ...comparison, verdict: 'inconclusive', reasons }
}

const sideOf = async ({ name, request }: Side, { id, phases }: RunRecord) => ({
  name,
  runs: [{ id, steps: await readStepBlocks(request.dir, phases) }],
})

/** Where the earlier side could not be measured there is nothing to compare with. */
const believed = (before: RunRecord, after: RunRecord): RunRecord => {
  if (before.verdict !== 'invalid' || after.exitCode > 3) return after
  const reasons = [...before.reasons.map((reason) => `${before.target}: ${reason}`), ...after.reasons]
  return { ...after, reasons, verdict: 'invalid', exitCode: 3 }
}
