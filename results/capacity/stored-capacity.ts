import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type CapacityRecord, capacityRecordSchema } from '../../model/capacity-record.ts'
import { readDocument, writeDocument } from '../stored-document.ts'

const name = 'capacity.json'

/** Whether a folder is that of a search. */
export const hasCapacity = (dir: string): boolean => existsSync(join(dir, name))

/** Writes `capacity.json`, whole or not at all. Throws a usage Failure without room. */
export const writeCapacity = (dir: string, record: CapacityRecord): void => writeDocument(dir, name, record)

/** Reads `capacity.json`. Throws a usage Failure naming everything that is wrong with it. */
export const readCapacity = (dir: string): CapacityRecord =>
  readDocument({
    what: 'the record of a search',
    path: join(dir, name),
    schema: capacityRecordSchema,
    mend: 'name the folder of a finished search, as in: collaudo report runs/ID',
  })
