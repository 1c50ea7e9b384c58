/** A call centre as Palm's model M/M/n + M sees it. */
export interface CallCentre {
  readonly arrivalsPerSecond: number
  /** Mean time an operator is busy with a call, wrap-up included. */
  readonly handlingMs: number
  readonly operators: number
  /** Mean of the exponential time that callers are willing to wait. */
  readonly patienceMs: number
}

/** States whose weight is below e^-40 of the greatest add nothing. */
const negligibleLog = -40

/**
 * Natural logarithms of the probabilities that 0, 1, 2, … calls are in the system in the long run: the birth–death chain with births λ,
 * deaths min(k, n)·μ + max(k − n, 0)·θ, where μ = 1 / handling, θ = 1 / patience, n operators. In logarithms: 800 operators overflow.
 */
export const palmChain = ({ arrivalsPerSecond, handlingMs, operators, patienceMs }: CallCentre): readonly number[] => {
  const birth = arrivalsPerSecond / 1000
  const deathAt = (calls: number) =>
    Math.min(calls, operators) / handlingMs + Math.max(calls - operators, 0) / patienceMs
  const logs = [0]
  let greatest = 0
  for (let calls = 1; ; calls++) {
    const log = (logs[calls - 1] ?? 0) + Math.log(birth / deathAt(calls))
    logs.push(log)
    greatest = Math.max(greatest, log)
    if (birth < deathAt(calls) && log - greatest < negligibleLog) break
  }
  const total = greatest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - greatest), 0))
  return logs.map((log) => log - total)
}
