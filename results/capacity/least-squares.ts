/** A model of a few parameters at one x: its value, and its derivative by each parameter. */
export type Model = (
  x: number,
  parameters: readonly number[],
) => { readonly value: number; readonly slopes: readonly number[] }

export interface Point {
  readonly x: number
  readonly y: number
}

const mostSteps = 500
/** The damping grows and shrinks by this factor (Marquardt 1963). */
const dampingFactor = 10
const enough = 1e-12

/**
 * Parameters p ≥ 0 that minimise Σ (y − model(x, p))² by Levenberg–Marquardt: (JᵀJ + μ·diag(JᵀJ)) δ = Jᵀr, each step cut off at
 * the bounds. A parameter that lies at 0 and would become negative stays out of a step.
 */
export const leastSquares = (model: Model, points: readonly Point[], start: readonly number[]): readonly number[] => {
  let [best, damping] = [start, 1e-3]
  let error = squaredError(model, points, best)
  for (let step = 0; step < mostSteps && damping < 1e12; step++) {
    const next = stepped(model, points, { from: best, damping })
    const nextError = squaredError(model, points, next)
    if (!(nextError < error)) {
      damping *= dampingFactor
      continue
    }
    const gain = (error - nextError) / error
    ;[best, error, damping] = [next, nextError, damping / dampingFactor]
    if (gain < enough) break
  }
  return best
}

/** Σ of the squared differences between points and model. */
export const squaredError = (model: Model, points: readonly Point[], parameters: readonly number[]): number =>
  points.reduce((sum, { x, y }) => sum + (y - model(x, parameters).value) ** 2, 0)

const stepped = (
  model: Model,
  points: readonly Point[],
  { from, damping }: { readonly from: readonly number[]; readonly damping: number },
): readonly number[] => {
  const at = points.map(({ x, y }) => {
    const { value, slopes } = model(x, from)
    return { residual: y - value, slopes }
  })
  const gradient = from.map((_, row) => sum(at, ({ residual, slopes }) => residual * (slopes[row] ?? 0)))
  const free = from.map((parameter, row) => parameter > 0 || (gradient[row] ?? 0) > 0)
  const curvature = from.map((_, row) =>
    from.map((__, column) => {
      if (!free[row] || !free[column]) return row === column ? 1 : 0
      const product = sum(at, ({ slopes }) => (slopes[row] ?? 0) * (slopes[column] ?? 0))
      return row === column ? product * (1 + damping) : product
    }),
  )
  const change = solved(
    curvature,
    gradient.map((value, row) => (free[row] ? value : 0)),
  )
  return from.map((parameter, row) => Math.max(0, parameter + (change[row] ?? 0)))
}

/** x of A·x = b by Gaussian elimination with partial pivoting. */
const solved = (matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] => {
  let rows = matrix.map((row, index) => [...row, right[index] ?? 0])
  const done: (readonly number[])[] = []
  for (let column = 0; column < right.length; column++) {
    const pivot = rows.reduce((a, b) => (Math.abs(b[column] ?? 0) > Math.abs(a[column] ?? 0) ? b : a))
    done.push(pivot)
    rows = rows.filter((row) => row !== pivot).map((row) => less(row, pivot, (row[column] ?? 0) / (pivot[column] ?? 1)))
  }
  const values: number[] = []
  for (const [index, row] of [...done.entries()].reverse()) {
    const known = sum([...values.entries()], ([at, value]) => (row[index + 1 + at] ?? 0) * value)
    values.unshift(((row.at(-1) ?? 0) - known) / (row[index] ?? 1))
  }
  return values
}

const less = (row: readonly number[], other: readonly number[], times: number): number[] =>
  row.map((value, index) => value - times * (other[index] ?? 0))

const sum = <T>(of: readonly T[], value: (one: T) => number): number => of.reduce((all, one) => all + value(one), 0)
