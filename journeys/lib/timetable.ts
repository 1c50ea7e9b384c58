import { SharedArray } from 'k6/data'
import { journeySteps } from '../../generators/think-times.ts'
import type { PlannedStream } from '../../model/plan.ts'
import { isSmoke, plan } from './settings.ts'

/** A row of a stream with its subject, as read from the plan's files. */
export interface Turn {
  readonly stream: PlannedStream
  /** Names of the stream's steps, in order. */
  readonly steps: readonly string[]
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
  new SharedArray<string>(file, () =>
    open(`./${file}`)
      .split('\n')
      .filter((line) => line !== ''),
  )

const files = Object.fromEntries(
  plan.streams.map((stream) => [
    stream.name,
    {
      rows: linesOf(`timetable-${stream.name}.tsv`),
      subjects: linesOf(`subjects-${stream.name}.tsv`),
      steps: journeySteps(stream),
    },
  ]),
)

/** The n-th row of a stream; in a smoke run the subject behind the last row, which no row uses. Fields are read by index: destructuring an array is slow in k6. */
export const turnOf = (stream: PlannedStream, index: number): Turn => {
  const file = files[stream.name]
  const row = isSmoke ? (file?.rows.length ?? 0) : index
  const timing = isSmoke ? [] : (file?.rows[row] ?? '').split('\t')
  const subject = (file?.subjects[row] ?? '').split('\t')
  return {
    stream,
    steps: file?.steps ?? [],
    row,
    dueMs: Number(timing[0] ?? 0),
    step: timing[2] ?? '',
    seed: Number(timing[4] ?? 1),
    patient: Number(subject[0]),
    fiscalCode: subject[1] ?? '',
    nre: subject[2] ?? '',
    service: subject[3] ?? '',
    priority: subject[4] ?? '',
    visit: subject[5] ?? '',
    place: subject[6] ? { agenda: Number(subject[6]), slot: Number(subject[7]) } : undefined,
  }
}

/** Rows of a stream. */
export const rowCount = (stream: string): number => files[stream]?.rows.length ?? 0
