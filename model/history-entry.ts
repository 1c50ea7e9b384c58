import { z } from 'zod'
import { runRecordSchema } from './run-record.ts'

const { id, startedAt, scenario, experiment, target, fingerprint, seed, defects, ended, verdict, provenance } =
  runRecordSchema.shape

/** Times of answered steps from their start in ms; null where none was answered. */
const quantileMs = z.number().nullable()

/** One line of `runs/history.ndjson`: what is compared with later runs, of the steady phase. */
export const historyEntrySchema = z.strictObject({
  schemaVersion: z.literal(1),
  id,
  startedAt,
  scenario,
  experiment,
  target,
  fingerprint,
  seed,
  defects,
  commit: provenance.shape.commit,
  ended,
  verdict,
  totals: z.record(z.string(), z.number()).describe('business units that were drawn, as in plan.json: operations, …'),
  rows: z.strictObject({ planned: z.number().int(), started: z.number().int(), completed: z.number().int() }),
  steps: z.array(
    z.strictObject({
      stream: z.string(),
      journey: z.string(),
      step: z.string(),
      requests: z.number().int(),
      failedRatio: z.number().describe('failed / requests'),
      p50Ms: quantileMs,
      p95Ms: quantileMs,
      p99Ms: quantileMs,
    }),
  ),
})
export type HistoryEntry = Readonly<z.infer<typeof historyEntrySchema>>
