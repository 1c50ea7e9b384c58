import { join } from 'node:path'
import { z } from 'zod'
import { journeyOutcomes } from '../model/outcome.ts'
import { readLines } from './read-lines.ts'

const of = { stream: z.string(), row: z.number() }

/** The lines of a ledger, as far as rows are concerned. */
const rowLineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('row'), ...of, dueMs: z.number(), takenMs: z.number(), startedMs: z.number() }),
  z.object({ kind: z.literal('abandoned'), ...of, dueMs: z.number(), leftMs: z.number() }),
  z.object({ kind: z.literal('end'), ...of, endedMs: z.number(), outcome: z.enum(journeyOutcomes) }),
  z.object({ kind: z.literal('write'), ...of }),
  z.object({ kind: z.literal('disclosed'), ...of }),
])
export type RowLine = z.infer<typeof rowLineSchema>

/** The lines of the ledger of a run folder, one at a time. */
export async function* rowLines(dir: string): AsyncGenerator<RowLine> {
  for await (const line of readLines(join(dir, 'ledger.ndjson.gz'))) yield rowLineSchema.parse(JSON.parse(line))
}
