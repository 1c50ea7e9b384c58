import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { answeredWithin } from '../../generators/answered-within.ts'
import { erlangA } from '../../generators/erlang-a.ts'
import { type CallCentre, palmChain } from '../../generators/palm-chain.ts'

/**
 * The same by another way: one caller with j callers before it, answered within t with f(j, t), f(j, 0) = 0,
 * ∂f(j)/∂t = (n·μ + j·θ)·(f(j − 1) − f(j)) − θ·f(j), f(−1) = 1, in small steps of the fourth order (Runge, Kutta).
 */
const stepByStep = (centre: CallCentre, withinMs: number): number => {
  const { handlingMs, operators, patienceMs } = centre
  const chain = palmChain(centre).map(Math.exp)
  const slope = (f: readonly number[]) =>
    f.map((own, ahead) => {
      const rate = operators / handlingMs + ahead / patienceMs
      return rate * ((ahead === 0 ? 1 : (f[ahead - 1] ?? 0)) - own) - own / patienceMs
    })
  const plus = (f: readonly number[], g: readonly number[], by: number) =>
    f.map((own, index) => own + by * (g[index] ?? 0))
  const steps = 2000
  const h = withinMs / steps
  let f: readonly number[] = chain.slice(operators).map(() => 0)
  for (let step = 0; step < steps; step++) {
    const a = slope(f)
    const b = slope(plus(f, a, h / 2))
    const c = slope(plus(f, b, h / 2))
    const d = slope(plus(f, c, h))
    f = f.map((own, at) => own + (h / 6) * ((a[at] ?? 0) + 2 * (b[at] ?? 0) + 2 * (c[at] ?? 0) + (d[at] ?? 0)))
  }
  const atOnce = chain.slice(0, operators).reduce((sum, p) => sum + p, 0)
  return atOnce + f.reduce((sum, own, ahead) => sum + own * (chain[operators + ahead] ?? 0), 0)
}

describe('answeredWithin', () => {
  it.each([
    ['hardly loaded', 0.8],
    ['loaded to the brim', 1],
    ['overloaded', 1.4],
  ])('follows a caller through the queue of a call centre that is %s', (_, load) => {
    const centre = { arrivalsPerSecond: load / 10, handlingMs: 120_000, operators: 12, patienceMs: 100_000 }
    for (const withinMs of [1000, 20_000, 60_000]) {
      expect(answeredWithin(centre, withinMs)).toBeCloseTo(stepByStep(centre, withinMs), 8)
    }
  })

  it.each([
    [9000, 0.03],
    [9300, 0.17],
    [9500, 0.34],
    [9590, 0.43],
  ])('at once: at %i calls an hour %d of them wait (published table, rounded)', (calls, waiting) => {
    const lazio = { arrivalsPerSecond: calls / 3600, handlingMs: 300_000, operators: 800, patienceMs: 180_000 }
    expect(1 - answeredWithin(lazio, 0)).toBeCloseTo(waiting, 2)
  })

  it('answers everybody where nobody calls', () => {
    const silent = { arrivalsPerSecond: 0, handlingMs: 1000, operators: 1, patienceMs: 1000 }
    expect(answeredWithin(silent, 0)).toBe(1)
  })
})

test('whatever the load: more are answered within a longer time and by more operators, and in the end all but those who give up', () => {
  const centre = fc.record({
    arrivalsPerSecond: fc.double({ min: 0.01, max: 40, noNaN: true }),
    handlingMs: fc.double({ min: 1000, max: 600_000, noNaN: true }),
    operators: fc.integer({ min: 1, max: 800 }),
    patienceMs: fc.double({ min: 1000, max: 600_000, noNaN: true }),
  })
  const anyTime = fc.double({ min: 0, max: 600_000, noNaN: true })
  fc.assert(
    fc.property(centre, anyTime, anyTime, (of, one, other) => {
      const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map((ms) => answeredWithin(of, ms))
      expect(sooner).toBeGreaterThanOrEqual(-1e-9)
      expect(later).toBeGreaterThanOrEqual((sooner ?? 0) - 1e-9)
      expect(answeredWithin({ ...of, operators: of.operators + 1 }, one)).toBeGreaterThanOrEqual(
        answeredWithin(of, one) - 1e-9,
      )
      expect(answeredWithin(of, 1e9)).toBeCloseTo(1 - erlangA(of).abandonedRatio, 9)
    }),
    { numRuns: 50 },
  )
})
