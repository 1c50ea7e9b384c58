import { describe, expect, it } from 'vitest'
import { rngOf } from '../../generators/rng.ts'
import { searchResult } from '../../results/capacity/search-result.ts'
import { searchLimit } from '../../runner/search-limit.ts'
import { capacityPerSecond, queuedTrial } from '../results/capacity/queued-trial.ts'

const perSecond = 10
const breaksAt = capacityPerSecond / perSecond
const bounds = { fromScale: 2, maxScale: 64, precisionRatio: 0.05 }

/** A search over virtual runs of 20 s of a system with four workers of 50 ms, whose only gate is a p95 of 1 s. */
const searched = async (seed: number) => {
  const search = await searchLimit({
    bounds,
    withinMs: 3_600_000,
    now: () => 0,
    signal: new AbortController().signal,
    onTrial: () => {},
    make: async ({ scale, aim }, number) =>
      queuedTrial({ seed: 1000 * seed + number, aim, perSecond, lastsMs: 20_000, limitMs: 1000 }, scale),
  })
  const perHour = (loadRatio: number) => ({ arrivals: 3600 * perSecond * loadRatio })
  return searchResult(search, { perHour, precisionRatio: 0.05, forecastLoadRatio: 1, rng: rngOf(seed) })
}

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)
const searches = await Promise.all(seeds.map(searched))

const loadsOf = (limits: readonly (typeof searches)[number]['gateLimit'][]) =>
  limits.map((limit) => (limit.kind === 'found' ? limit.loadRatio : Number.NaN))

describe('a search on a system with known workers and service time', () => {
  it('finds the breakpoint within 5 % of the computed one, whatever the seed', () => {
    for (const load of loadsOf(searches.map(({ breakpoint }) => breakpoint))) {
      expect(Math.abs(load / breaksAt - 1)).toBeLessThan(0.05)
    }
  })

  it('finds gate limits that spread by at most 10 %, and none that is well beyond the breakpoint', () => {
    const limits = loadsOf(searches.map(({ gateLimit }) => gateLimit))
    const mean = limits.reduce((sum, limit) => sum + limit, 0) / limits.length
    expect((Math.max(...limits) - Math.min(...limits)) / mean).toBeLessThan(0.1)
    expect(Math.max(...limits)).toBeLessThan(1.05 * breaksAt)
  })

  it('names the system, and a knee below the limit', () => {
    for (const { bottleneck, knee } of searches) {
      expect(bottleneck).toMatchObject({ kind: 'system', system: 'telemedicine', streams: ['home'] })
      if (knee.kind === 'found') expect(knee.loadRatio).toBeLessThan(1.05 * breaksAt)
    }
    expect(searches.filter(({ knee }) => knee.kind === 'found').length).toBeGreaterThan(15)
  })

  it('does not take trials in which the backlog grew fast for a steady state', () => {
    const trials = searches.flatMap(({ trials: of }) => of)
    const flooded = trials.filter(({ loadRatio }) => loadRatio > 1.25 * breaksAt)
    expect(flooded.length).toBeGreaterThan(0)
    expect(flooded.every(({ systems }) => systems.every(({ little }) => !little.isPlateau))).toBe(true)
    expect(
      trials
        .filter(({ loadRatio }) => loadRatio < 0.8 * breaksAt)
        .every(({ systems }) => systems.every(({ little }) => little.isPlateau)),
    ).toBe(true)
  })
})
