import { SharedArray } from 'k6/data'
import type { PlannedStream } from '../../model/plan.ts'
import { isSmoke, plan } from './settings.ts'

/** A row of a stream with its subject, as read from the plan's files. */
export interface Turn {
  readonly stream: PlannedStream
  /** Index in the stream's timetable. */
  readonly row: number
  readonly dueMs: number
  readonly step: string
  readonly seed: number
  /** Number of the patient. */
  readonly patient: number
  readonly fiscalCode: string
  readonly nre: string
  readonly service: string
  readonly priority: string
  readonly visit: string
  /** The slot that the plan has given the row, if any. */
  readonly place: { readonly agenda: number; readonly slot: number } | undefined
}

const linesOf = (file: string) =>
  new SharedArray<string>(file, () => open(`./${file}`).split('\n').filter((line) => line !== ''))

const files = Object.fromEntries(
  plan.streams.map(({ name }) => [
    name,
    { rows: linesOf(`timetable-${name}.tsv`), subjects: linesOf(`subjects-${name}.tsv`) },
  ]),
)

/** The n-th row of a stream; in a smoke run the subject behind the last row, which no row uses. */
export const turnOf = (stream: PlannedStream, index: number): Turn => {
  const file = files[stream.name]
  const row = isSmoke ? (file?.rows.length ?? 0) : index
  const [dueMs = '0', , step = '', , seed = '1'] = isSmoke ? [] : (file?.rows[row] ?? '').split('\t')
  const [patient = '', fiscalCode = '', nre = '', service = '', priority = '', visit = '', agenda = '', slot = ''] = (
    file?.subjects[row] ?? ''
  ).split('\t')
  return {
    stream,
    row,
    dueMs: Number(dueMs),
    step,
    seed: Number(seed),
    patient: Number(patient),
    fiscalCode,
    nre,
    service,
    priority,
    visit,
    place: agenda === '' ? undefined : { agenda: Number(agenda), slot: Number(slot) },
  }
}

/** Rows of a stream. */
export const rowCount = (stream: string): number => files[stream]?.rows.length ?? 0
