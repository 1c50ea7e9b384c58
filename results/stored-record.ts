import { join } from 'node:path'
import { type RunRecord, runRecordSchema } from '../model/run-record.ts'
import { readDocument, writeDocument } from './stored-document.ts'

/** Writes `run.json`, whole or not at all; a run folder without it is not a finished run. Throws a usage Failure without room. */
export const writeRecord = (dir: string, record: RunRecord): void => writeDocument(dir, 'run.json', record)

/** Reads `run.json`. Throws a usage Failure naming what is wrong with it. */
export const readRecord = (dir: string): RunRecord =>
  readDocument({
    what: 'a run record',
    path: join(dir, 'run.json'),
    schema: runRecordSchema,
    mend: 'name the folder of a finished run, as in: collaudo report runs/ID',
  })
