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
 * Erlang A (Palm 1957; Garnett, Mandelbaum, Reiman 2002). With λ calls per time, p(n) the share of time with n calls in Palm's chain,
 * N operators, E[Q] = Σ p(n)·max(n − N, 0) and θ = 1 / patience: abandoned = θ·E[Q] / λ, mean wait = E[Q] / λ (Little),
 * busy = Σ p(n)·min(n, N), which is λ·(1 − abandoned)·handling without the difference of two numbers that are nearly the same.
 */
export const erlangA = (centre: CallCentre): Expectation => {
  const { arrivalsPerSecond, operators, patienceMs } = centre
  if (arrivalsPerSecond === 0) return { abandonedRatio: 0, meanWaitMs: 0, waitingCalls: 0, busyOperators: 0 }
  const chain = palmChain(centre)
  const meanOf = (ofCalls: (calls: number) => number): number =>
    chain.reduce((sum, log, calls) => sum + Math.exp(log) * ofCalls(calls), 0)
  const waitingCalls = meanOf((calls) => Math.max(calls - operators, 0))
  const meanWaitMs = (waitingCalls / arrivalsPerSecond) * 1000
  return {
    abandonedRatio: meanWaitMs / patienceMs,
    meanWaitMs,
    waitingCalls,
    busyOperators: meanOf((calls) => Math.min(calls, operators)),
  }
}
