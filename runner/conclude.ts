import type { Environment } from '../clients/token.ts'
import type { RunRecord } from '../model/run-record.ts'
import { historyFileIn } from '../results/history/history-file-in.ts'
import { judgeRun, type RunFacts, type RunParts } from '../results/judge-run.ts'
import { renderReports } from '../results/render-reports.ts'
import { writeRecord } from '../results/stored-record.ts'
import { askProcessors } from './ask-processors.ts'
import { askPrometheus, targetGates } from './ask-prometheus.ts'
import { keepInHistory } from './keep-in-history.ts'
import type { Loaded } from './load.ts'
import { type Ran, readBackWrites } from './read-back-writes.ts'

/** What is known of a run when its load is over. */
export interface LoadOver extends Pick<RunParts, 'experiment' | 'healedMs'> {
  /** Without its generator where that was on machines apart. */
  readonly loaded: Pick<Loaded, 'collected' | 'ended' | 'endedBecause' | 'processorTime'> &
    Partial<Pick<Loaded, 'loadGenerator'>>
  readonly endedUnixMs: number
  readonly facts: Omit<RunFacts, 'target' | 'environment' | 'endedAt' | 'loadGenerator' | 'processorTime'>
  readonly env: Environment
  readonly runsDir: string
  /** Whether it belongs into the history of what is usual. */
  readonly isUsual: boolean
  /** Its record beside a baseline, where there is one. */
  readonly compared: (record: RunRecord) => Promise<RunRecord>
  /** Told the record that has been written, before it is drawn. */
  readonly onRecord?: ((record: RunRecord) => Promise<void>) | undefined
}

/** After the load: reads everything back, judges, compares, and writes the record and its reports. */
export const conclude = async (ran: Ran, over: LoadOver): Promise<RunRecord> => {
  const { dir, plan, open, tell } = ran
  const { loaded, endedUnixMs, env, runsDir } = over
  const integrity = await readBackWrites(ran, loaded)
  const time = { t0UnixMs: loaded.collected.t0UnixMs ?? Date.now(), endedUnixMs }
  const judged = await judgeRun({
    targetGates: targetGates(open.target),
    metrics: await askPrometheus(open.target, env, { plan, ...time, tell }),
    ...{ dir, plan, integrity },
    collected: loaded.collected,
    ended: loaded.ended,
    endedBecause: loaded.endedBecause,
    healedMs: over.healedMs,
    experiment: over.experiment,
    facts: {
      ...over.facts,
      target: open.target.name,
      environment: open.target.environment,
      endedAt: new Date().toISOString(),
      ...(loaded.loadGenerator && { loadGenerator: loaded.loadGenerator }),
      processorTime: (await askProcessors(open.target, env, time)) ?? loaded.processorTime,
    },
  })
  const record = await over.compared(judged)
  writeRecord(dir, record)
  await over.onRecord?.(record)
  const history = historyFileIn(runsDir)
  if (over.isUsual) keepInHistory(history, { record, plan }, tell)
  await renderReports(dir, history)
  return record
}
