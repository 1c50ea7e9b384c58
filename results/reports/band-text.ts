import { formatMs, formatRatio } from '../format.ts'
import type { Figure, TrendPoint } from '../history/step-trends.ts'

/** A figure of a step in its unit. */
export const figureText = (figure: Figure, value: number | null): string => {
  if (value === null) return '–'
  return figure === 'failedRatio' ? formatRatio(value) : formatMs(value)
}

/** What is usual of a figure, `300 ms ± 12 ms`; a dash where no band can be told. */
export const bandText = ({ bands }: TrendPoint, figure: Figure): string => {
  const band = bands[figure]
  return band ? `${figureText(figure, band.median)} ± ${figureText(figure, band.high - band.median)}` : '–'
}
