import { erlangB } from './erlang-b.ts'
import type { CallCentre } from './palm-chain.ts'

/** A call centre whose callers wait for ever, in the long run. */
export interface Patient {
  /** Calls that find every operator busy / all calls. */
  readonly waitingRatio: number
  /** Mean wait of all calls; infinite where there are more calls than the operators can take. */
  readonly meanWaitMs: number
  /** Calls that an operator takes within a time / all calls. */
  answeredWithin(withinMs: number): number
}

/**
 * Erlang C (M/M/n): C = B / (1 − ρ·(1 − B)) with Erlang B's B and ρ = a / n; mean wait = C / (n·μ − λ); a call waits longer than t
 * with C·e^(−(n·μ − λ)·t). A load of n erlang or more has no long run: every call waits, for ever.
 */
export const erlangC = ({ arrivalsPerSecond, handlingMs, operators }: Omit<CallCentre, 'patienceMs'>): Patient => {
  const loadErlang = (arrivalsPerSecond / 1000) * handlingMs
  if (loadErlang >= operators) return { waitingRatio: 1, meanWaitMs: Number.POSITIVE_INFINITY, answeredWithin: () => 0 }
  const turnedAway = erlangB(loadErlang, operators)
  const waitingRatio = turnedAway / (1 - (loadErlang / operators) * (1 - turnedAway))
  const sparePerMs = (operators - loadErlang) / handlingMs
  return {
    waitingRatio,
    meanWaitMs: waitingRatio / sparePerMs,
    answeredWithin: (withinMs) => 1 - waitingRatio * Math.exp(-sparePerMs * withinMs),
  }
}
