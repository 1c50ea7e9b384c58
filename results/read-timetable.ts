import { join } from 'node:path'
import type { Row } from '../model/row.ts'
import type { Action } from '../model/scenario.ts'
import { readLines } from './read-lines.ts'

/** A stream's rows, in the order of their index, from the run folder. */
export async function* readTimetable(dir: string, stream: string): AsyncGenerator<Row> {
  for await (const line of readLines(join(dir, `timetable-${stream}.tsv`))) {
    const [dueMs, journey = '', step = '', subject, seed] = line.split('\t')
    yield { dueMs: Number(dueMs), journey: journey as Action, step, subject: Number(subject), seed: Number(seed) }
  }
}
