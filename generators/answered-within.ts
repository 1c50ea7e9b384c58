import { type CallCentre, palmChain } from './palm-chain.ts'

/**
 * Service level of Erlang A: calls that an operator takes within a time t / all calls, those given up too. The density of the wait of
 * whoever stays is n·μ·p(n)·exp(λ·(1 − e^(−θx)) / θ − n·μ·x) (Baccelli, Hebuterne 1981), and e^(−θx) of them still are there; the
 * incomplete gamma function that its integral is, written as its series, has the states of the chain as its terms:
 * Σ_{k<n} p(k) + Σ_{j≥0} p(n + j)·n·μ / (n·μ + (j + 1)·θ)·(1 − exp(λ·(1 − e^(−θt)) / θ − (n·μ + θ)·t − j·θ·t)).
 */
export const answeredWithin = (centre: CallCentre, withinMs: number): number => {
  const { arrivalsPerSecond, handlingMs, operators, patienceMs } = centre
  const service = operators / handlingMs
  const laterLog =
    (arrivalsPerSecond / 1000) * patienceMs * -Math.expm1(-withinMs / patienceMs) -
    (service + 1 / patienceMs) * withinMs
  return palmChain(centre).reduce((sum, log, calls) => {
    const ahead = calls - operators
    if (ahead < 0) return sum + Math.exp(log)
    const servedRatio = service / (service + (ahead + 1) / patienceMs)
    return sum + servedRatio * (Math.exp(log) - Math.exp(log + laterLog - (ahead * withinMs) / patienceMs))
  }, 0)
}
