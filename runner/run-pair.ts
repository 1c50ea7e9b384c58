import type { Comparison } from '../model/comparison.ts'
import type { RunRecord } from '../model/run-record.ts'
import { compare } from '../results/comparison/compare.ts'
import { readStepBlocks } from '../results/comparison/step-blocks.ts'
import { withComparison } from '../results/comparison/with-comparison.ts'
import { historyFileIn } from '../results/history/history-file-in.ts'
import { writeRecord } from '../results/record.ts'
import { renderReports } from '../results/render-reports.ts'
import { beginTogether } from './begin-together.ts'
import { type RunRequest, run } from './run.ts'

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
 * machine disturbs both. Throws what the first run to fail throws, once the other has ended too.
 */
export const runPair = async ({ before, after, floorRatio }: PairRequest): Promise<PairResult> => {
  const broken = new AbortController()
  const signal = AbortSignal.any([after.request.signal, broken.signal])
  const together = beginTogether(Date.now, signal)
  const one = async ({ request }: Side): Promise<RunRecord> => {
    try {
      return await run({ ...request, signal, together })
    } catch (error) {
      broken.abort()
      throw error
    }
  }
  const [first, second] = await Promise.allSettled([one(before), one(after)])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  const comparison = compare(
    'ab',
    { before: await sideOf(before, first.value), after: await sideOf(after, second.value) },
    floorRatio,
  )
  const judged = believed(first.value, withComparison(second.value, comparison))
  const { dir } = after.request
  writeRecord(dir, judged)
  await renderReports(dir, historyFileIn(after.request.runsDir))
  return { before: first.value, after: judged, comparison }
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
