import type { Row } from '../model/row.ts'
import type { DrawnStream } from './drawn-plan.ts'
import { plannedStream } from './planned-stream.ts'
import { patientsPerStream, smokeRows } from './stream-patients.ts'
import type { StreamTimetable } from './stream-timetable.ts'
import type { StoredStudy, Subjects } from './subject.ts'

/** A stream whose rows work on studies that were stored before: `storedBy` tells by whom; without it, as in every smoke run, they lie ready. */
export const drawnStudies = (
  timetable: StreamTimetable,
  { subjects, ordinal }: { readonly subjects: Subjects; readonly ordinal: number },
  storedBy?: (row: Row, number: number) => StoredStudy,
): DrawnStream => {
  const { rows, spec } = timetable
  const lyingReady = (row: Row, number: number): StoredStudy => ({
    patient: ordinal * patientsPerStream + row.subject,
    among: 'residents',
    stream: ordinal,
    row: number,
    isStored: false,
  })
  return {
    timetable,
    planned: plannedStream(timetable),
    subjects: [
      ...rows.map((row, number) => subjects.ofStored(row, (storedBy ?? lyingReady)(row, number))),
      ...smokeRows(spec).map((row, index) => subjects.ofStored(row, lyingReady(row, rows.length + index))),
    ],
  }
}
