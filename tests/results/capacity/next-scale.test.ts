import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bracketOf, nextScale, type SearchBounds, type Tried } from '../../../results/capacity/next-scale.ts'

const bounds: SearchBounds = { fromScale: 1, maxScale: 64, precisionRatio: 0.05, levels: 0 }

/** Systems that meet their gates up to one load and follow it up to another. */
interface Systems {
  readonly gates: number
  readonly breaks: number
  /** Below this load nobody can judge. */
  readonly seenFrom?: number
}

const tryAt = ({ gates, breaks, seenFrom = 0 }: Systems, scale: number): Tried => ({
  scale,
  meetsGates: scale > gates ? 'no' : scale < seenFrom ? 'unknown' : 'yes',
  followsLoad: scale > breaks ? 'no' : 'yes',
})

const search = (systems: Systems, within = bounds) => {
  const tried: Tried[] = []
  for (let trial = 0; trial < 100; trial++) {
    const next = nextScale(tried, within)
    if (next.kind === 'end') return { tried, ended: next.ended }
    tried.push(tryAt(systems, next.scale))
  }
  throw new Error('expected an end, got none after 100 trials')
}

const scalesOf = (systems: Systems, within = bounds) => search(systems, within).tried.map(({ scale }) => scale)

describe('nextScale', () => {
  it('doubles until the gates break, then halves the bracket in ratio', () => {
    expect(scalesOf({ gates: 5, breaks: 5 })).toEqual([1, 2, 4, 8, 5.657, 4.757, 5.188, 4.968])
  })

  it('finds both limits within the precision, in at most twenty trials', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 50, noNaN: true }),
        fc.double({ min: 1, max: 1.2, noNaN: true }),
        (gates, times) => {
          const breaks = Math.min(60, gates * times)
          const { tried, ended } = search({ gates, breaks })
          expect(ended).toBe('found')
          expect(tried.length).toBeLessThanOrEqual(20)
          for (const [aim, limit] of [
            ['gate-limit', gates],
            ['breakpoint', breaks],
          ] as const) {
            const { low = 0, high = 0 } = bracketOf(tried, aim)
            expect(low).toBeLessThanOrEqual(limit)
            expect(high).toBeGreaterThan(limit)
            expect(high / low).toBeLessThanOrEqual(1.05)
          }
        },
      ),
    )
  })

  it('looks on above the gate limit for the load that is no longer followed', () => {
    const { tried } = search({ gates: 3, breaks: 20 })
    expect(bracketOf(tried, 'gate-limit')).toEqual({ low: expect.closeTo(2.95, 0), high: expect.closeTo(3.05, 0) })
    expect(Math.max(...tried.map(({ scale }) => scale))).toBeGreaterThan(20)
  })

  it('halves its start while the gates break, and gives up where nothing holds', () => {
    expect(scalesOf({ gates: 0.3, breaks: 0.3 }).slice(0, 3)).toEqual([1, 0.5, 0.25])
    const { tried, ended } = search({ gates: 0, breaks: 0 })
    expect(ended).toBe('nothing-holds')
    expect(tried.at(-1)?.scale).toBeGreaterThanOrEqual(1 / 64)
  })

  it('tries no load above the highest that is allowed', () => {
    const { tried, ended } = search({ gates: 100, breaks: 100 }, { ...bounds, maxScale: 10 })
    expect(tried.map(({ scale }) => scale)).toEqual([1, 2, 4, 8, 10])
    expect(ended).toBe('max-scale')
  })

  it('climbs on over loads that nobody can judge, and does not take them for held', () => {
    const systems = { gates: 20, breaks: 20, seenFrom: 6 }
    expect(scalesOf(systems).slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32])
    expect(search({ ...systems, seenFrom: 50 }).tried.some(({ meetsGates }) => meetsGates === 'yes')).toBe(false)
  })

  it('fills the widest gaps below the breakpoint until the curve has enough loads', () => {
    const few = scalesOf({ gates: 5, breaks: 5 })
    const more = scalesOf({ gates: 5, breaks: 5 }, { ...bounds, levels: 10 })
    expect(more.slice(0, few.length)).toEqual(few)
    const added = more.slice(few.length)
    expect(added.length).toBeGreaterThan(0)
    for (const scale of added) expect(scale).toBeLessThan(5.2)
    expect(more.filter((scale) => scale < 5.2).length).toBe(10)
  })
})
