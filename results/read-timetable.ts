import { join } from 'node:path'
import { readLines } from './read-lines.ts'

/** Due times and journeys of a stream's rows, in the order of their index, from the run folder. */
export async function* readTimetable(dir: string, stream: string): AsyncGenerator<{ dueMs: number; journey: string }> {
  for await (const line of readLines(join(dir, `timetable-${stream}.tsv`))) {
    const [dueMs, journey = ''] = line.split('\t')
    yield { dueMs: Number(dueMs), journey }
  }
}
