import { z } from 'zod'
import { runRecordSchema } from '../model/run-record.ts'

/** The text of `docs/run.schema.json`: JSON Schema (2020-12) of a run's record. */
export const runJsonSchema = (): string =>
  `${JSON.stringify({ title: 'collaudo run.json', ...z.toJSONSchema(runRecordSchema) }, null, 2)}\n`
