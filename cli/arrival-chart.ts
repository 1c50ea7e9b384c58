import type { Row } from '../model/row.ts'

const bars = ' ▁▂▃▄▅▆▇█'

/** Arrivals over time as one line of blocks, each column an equal part of the run; the peak fills a column. */
export const arrivalChart = (rows: readonly Row[], durationMs: number, columns = 60): string => {
  const counts = Array<number>(columns).fill(0)
  for (const { dueMs } of rows) {
    const column = Math.min(columns - 1, Math.floor((dueMs / durationMs) * columns))
    counts[column] = (counts[column] ?? 0) + 1
  }
  const peak = Math.max(1, ...counts)
  return counts.map((count) => bars[Math.ceil((count / peak) * (bars.length - 1))]).join('')
}
