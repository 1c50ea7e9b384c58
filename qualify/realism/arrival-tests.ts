import { type Curve, expectedBetween } from '../../generators/curve.ts'
import type { RunClock } from '../../planner/run-clock.ts'
import { type Class, chiSquareP } from './chi-square.ts'
import { uniformityP } from './uniformity.ts'

/** A statistical test, and the chance of what was found if the model is right. */
export interface Tested {
  readonly test: string
  readonly p: number
}

const quarterMs = 15 * 60_000

/**
 * Whether arrivals are a sample of the rate that was drawn for the day: their order in time, their number in each quarter of
 * an hour, and how often one follows closely on another.
 */
export const arrivalTests = (arrivalsMs: readonly number[], realised: Curve, clock: RunClock): readonly Tested[] => {
  const inside = arrivalsMs.filter((atMs) => atMs >= clock.warmUpMs)
  const reached = cumulative(realised, inside, clock.warmUpMs)
  const total = expectedBetween(realised, clock.warmUpMs, clock.durationMs)
  return [
    { test: 'times fit the rate (Kolmogorov–Smirnov)', p: uniformityP(reached.map((of) => of / total)) },
    { test: 'quarters of an hour fit the rate (chi-square)', p: chiSquareP(quarters(inside, realised, clock), 0) },
    {
      test: 'gaps are exponential (Kolmogorov–Smirnov)',
      p: uniformityP(gaps(reached).map((gap) => 1 - Math.exp(-gap))),
    },
  ]
}

const gaps = (reached: readonly number[]): readonly number[] =>
  reached.slice(1).map((of, index) => of - (reached[index] ?? 0))

const quarters = (arrivalsMs: readonly number[], realised: Curve, clock: RunClock): readonly Class[] => {
  const counts = new Map<number, number>()
  for (const atMs of arrivalsMs) {
    const quarter = Math.floor((atMs - clock.warmUpMs) / quarterMs)
    counts.set(quarter, (counts.get(quarter) ?? 0) + 1)
  }
  return Array.from({ length: Math.ceil((clock.durationMs - clock.warmUpMs) / quarterMs) }, (_, quarter) => {
    const fromMs = clock.warmUpMs + quarter * quarterMs
    return { observed: counts.get(quarter) ?? 0, expected: expectedBetween(realised, fromMs, fromMs + quarterMs) }
  }).filter(({ expected }) => expected > 0)
}

/** ∫λ from an instant to each of others, which are sorted, in one pass over both. */
const cumulative = (curve: Curve, instantsMs: readonly number[], fromMs: number): readonly number[] => {
  let segment = 0
  let before = 0
  return instantsMs.map((atMs) => {
    for (let current = curve[segment]; current && current.toMs < atMs; current = curve[++segment]) {
      before += Math.max(0, current.toMs - Math.max(current.fromMs, fromMs)) * current.arrivalsPerMs
    }
    const current = curve[segment]
    return before + (atMs - Math.max(current?.fromMs ?? fromMs, fromMs)) * (current?.arrivalsPerMs ?? 0)
  })
}
