/** A call centre as Palm's model M/M/n + M sees it. */
export interface CallCentre {
  readonly arrivalsPerSecond: number
  /** Mean time an operator is busy with a call, wrap-up included. */
  readonly handlingMs: number
  readonly operators: number
  /** Mean of the exponential time that callers are willing to wait. */
  readonly patienceMs: number
}

/** What the model expects in the long run. */
export interface Expectation {
  /** Calls that give up / all calls. */
  readonly abandonedRatio: number
  /** Mean wait of all calls, of those that give up too. */
  readonly meanWaitMs: number
  readonly waitingCalls: number
  readonly busyOperators: number
}

/** States whose weight is below e^-40 of the greatest add nothing. */
const negligibleLog = -40

/**
 * Erlang A (Palm 1957; Garnett, Mandelbaum, Reiman 2002): the birth–death chain of calls in the system, births λ, deaths
 * min(k, n)·μ + max(k − n, 0)·θ with μ = 1 / handling, θ = 1 / patience, n operators. With E[Q] the mean queue:
 * abandoned = θ·E[Q] / λ, mean wait = E[Q] / λ (Little), busy = λ·(1 − abandoned) / μ. In logarithms: 800 operators overflow.
 */
export const erlangA = ({ arrivalsPerSecond, handlingMs, operators, patienceMs }: CallCentre): Expectation => {
  if (arrivalsPerSecond === 0) return { abandonedRatio: 0, meanWaitMs: 0, waitingCalls: 0, busyOperators: 0 }
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
  const weights = logs.map((log) => Math.exp(log - greatest))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const queue = weights.reduce((sum, weight, calls) => sum + weight * Math.max(calls - operators, 0), 0) / total
  const meanWaitMs = queue / birth
  const abandonedRatio = meanWaitMs / patienceMs
  return { abandonedRatio, meanWaitMs, waitingCalls: queue, busyOperators: birth * (1 - abandonedRatio) * handlingMs }
}
