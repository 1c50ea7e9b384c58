import { z } from 'zod'
import { baselineSchema } from '../model/baseline.ts'
import { capacityRecordSchema } from '../model/capacity-record.ts'
import { runRecordSchema } from '../model/run-record.ts'

const documents = { run: runRecordSchema, capacity: capacityRecordSchema, baseline: baselineSchema } as const
export type PublishedDocument = keyof typeof documents

/** The text of `docs/<name>.schema.json`: JSON Schema (2020-12) of what a run, a search and an accepted baseline are kept in. */
export const jsonSchema = (name: PublishedDocument): string =>
  `${JSON.stringify({ title: `collaudo ${name}.json`, ...z.toJSONSchema(documents[name]) }, null, 2)}\n`
