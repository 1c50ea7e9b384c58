import type { HistoryEntry } from '../../model/history-entry.ts'
import type { Plan } from '../../model/plan.ts'
import type { RunRecord, StepResult } from '../../model/run-record.ts'

/** What the history keeps of a run: the steps of its steady phase. */
export const historyEntryOf = (record: RunRecord, totals: Plan['totals']): HistoryEntry => {
  const { id, startedAt, scenario, experiment, target, fingerprint, seed, defects, ended, verdict } = record
  const { planned, started, completed } = record.delivery
  return {
    schemaVersion: 1,
    ...{ id, startedAt, scenario, experiment, target, fingerprint, seed, defects },
    commit: record.provenance.commit,
    ended,
    verdict,
    totals: Object.fromEntries(Object.entries(totals).map(([unit, { drawn }]) => [unit, drawn])),
    rows: { planned, started, completed },
    steps: record.steps.filter(({ phase, requests }) => phase === 'steady' && requests > 0).map(stepOf),
  }
}

const stepOf = ({ stream, journey, step, requests, failed, fromSentMs }: StepResult): HistoryEntry['steps'][number] => {
  const isAnswered = requests > failed
  return {
    ...{ stream, journey, step, requests },
    failedRatio: failed / requests,
    p50Ms: isAnswered ? fromSentMs.p50 : null,
    p95Ms: isAnswered ? fromSentMs.p95 : null,
    p99Ms: isAnswered ? fromSentMs.p99 : null,
  }
}
