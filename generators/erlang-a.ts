import { type CallCentre, palmChain } from './palm-chain.ts'

/** What the model expects in the long run. */
export interface Expectation {
  /** Calls that give up / all calls. */
  readonly abandonedRatio: number
  /** Mean wait of all calls, of those that give up too. */
  readonly meanWaitMs: number
  readonly waitingCalls: number
  readonly busyOperators: number
}

/**
 * Erlang A (Palm 1957; Garnett, Mandelbaum, Reiman 2002). With λ calls per time, E[Q] the mean queue of Palm's chain, μ = 1 / handling
 * and θ = 1 / patience: abandoned = θ·E[Q] / λ, mean wait = E[Q] / λ (Little), busy = λ·(1 − abandoned) / μ.
 */
export const erlangA = (centre: CallCentre): Expectation => {
  const { arrivalsPerSecond, handlingMs, operators, patienceMs } = centre
  if (arrivalsPerSecond === 0) return { abandonedRatio: 0, meanWaitMs: 0, waitingCalls: 0, busyOperators: 0 }
  const birth = arrivalsPerSecond / 1000
  const queue = palmChain(centre).reduce((sum, log, calls) => sum + Math.exp(log) * Math.max(calls - operators, 0), 0)
  const meanWaitMs = queue / birth
  const abandonedRatio = meanWaitMs / patienceMs
  return { abandonedRatio, meanWaitMs, waitingCalls: queue, busyOperators: birth * (1 - abandonedRatio) * handlingMs }
}
