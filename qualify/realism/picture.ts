import { type Curve, expectedBetween } from '../../generators/curve.ts'

const bars = ' ▁▂▃▄▅▆▇█'

/** A drawn day over its curve: what came, and below it what was expected, in columns of equal time and one scale. */
export const picture = (
  arrivalsMs: readonly number[],
  curve: Curve,
  { fromMs, toMs, columns = 96 }: { readonly fromMs: number; readonly toMs: number; readonly columns?: number },
): readonly [drawn: string, expected: string] => {
  const widthMs = (toMs - fromMs) / columns
  const expected = Array.from({ length: columns }, (_, column) =>
    expectedBetween(curve, fromMs + column * widthMs, fromMs + (column + 1) * widthMs),
  )
  const drawn = Array<number>(columns).fill(0)
  for (const atMs of arrivalsMs) {
    const column = Math.floor((atMs - fromMs) / widthMs)
    if (column >= 0 && column < columns) drawn[column] = (drawn[column] ?? 0) + 1
  }
  const peak = Math.max(1, ...expected, ...drawn)
  const line = (counts: readonly number[]) =>
    counts.map((count) => bars[Math.round((count / peak) * (bars.length - 1))]).join('')
  return [line(drawn), line(expected)]
}
