import type { JourneyOutcome } from '../model/outcome.ts'
import type { Cell } from './cells.ts'
import { Histogram } from './histogram.ts'
import { cellsOf, isAnswered } from './read-cells.ts'
import { readTimetable } from './read-timetable.ts'

/** What happened in one stretch of a run, all streams together. */
export interface TimelinePoint {
  readonly atMs: number
  /** Rows due, by the timetables. */
  planned: number
  started: number
  /** Answered steps, by the time they were sent. */
  readonly fromSent: Histogram
  /** Steps that were not answered, by the same time. */
  failedSteps: number
  /** Answered first steps, by the time their row was due. */
  readonly fromDue: Histogram
  readonly outcomes: Partial<Record<JourneyOutcome, number>>
}

export interface Timeline {
  readonly widthMs: number
  readonly points: readonly TimelinePoint[]
}

/** A run over time in at most about `maxPoints` stretches, from the cells and timetables of its folder; rows that were due from `untilMs` on were not needed. */
export const readTimeline = async (
  dir: string,
  { streams, untilMs }: { readonly streams: readonly string[]; readonly untilMs: number },
  maxPoints: number,
): Promise<Timeline> => {
  const { lastMs, widthMs: binMs } = await extent(dir)
  const widthMs = binMs * Math.max(1, Math.ceil((lastMs + binMs) / binMs / maxPoints))
  const points = new Map<number, TimelinePoint>()
  for (let atMs = 0; atMs <= lastMs; atMs += widthMs) pointAt(points, atMs, widthMs)
  for await (const cell of cellsOf(dir)) addCell(pointAt(points, cell.atMs, widthMs), cell)
  for (const stream of streams) {
    for await (const { dueMs } of readTimetable(dir, stream)) {
      if (dueMs >= untilMs) break
      pointAt(points, dueMs, widthMs).planned += 1
    }
  }
  return { widthMs, points: [...points.values()].sort((a, b) => a.atMs - b.atMs) }
}

/** The last bin and the widest. */
const extent = async (dir: string): Promise<{ lastMs: number; widthMs: number }> => {
  let [lastMs, widthMs] = [0, 1000]
  for await (const cell of cellsOf(dir)) {
    lastMs = Math.max(lastMs, cell.atMs)
    widthMs = Math.max(widthMs, cell.widthMs)
  }
  return { lastMs, widthMs }
}

/** What was due before the run's zero belongs to its first stretch. */
const pointAt = (points: Map<number, TimelinePoint>, atMs: number, widthMs: number): TimelinePoint => {
  const startMs = Math.max(0, Math.floor(atMs / widthMs) * widthMs)
  const point = points.get(startMs) ?? {
    atMs: startMs,
    planned: 0,
    started: 0,
    fromSent: new Histogram(),
    failedSteps: 0,
    fromDue: new Histogram(),
    outcomes: {},
  }
  points.set(startMs, point)
  return point
}

const addCell = (point: TimelinePoint, cell: Cell): void => {
  switch (cell.kind) {
    case 'step':
      if (isAnswered(cell.outcome)) point.fromSent.merge(cell.fromSent)
      else point.failedSteps += cell.fromSent.count
      return
    case 'first':
      if (isAnswered(cell.outcome)) point.fromDue.merge(cell.fromDue)
      return
    case 'row':
      point.started += cell.timerLag.count
      return
    case 'end':
      point.outcomes[cell.outcome] = (point.outcomes[cell.outcome] ?? 0) + cell.count
  }
}
