import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Aim } from '../../../model/capacity-record.ts'
import { bracketOf, nextScale, type SearchBounds, type Tried } from '../../../results/capacity/next-scale.ts'

const bounds: SearchBounds = { fromScale: 1, maxScale: 64, precisionRatio: 0.05, levels: 0 }

/** Systems that meet their gates up to one load and follow it up to another. */
interface Systems {
  readonly gates: number
  readonly breaks: number
  /** Below this load nobody can judge. */
  readonly seenFrom?: number
}

const tryAt = (aim: Aim, { gates, breaks, seenFrom = 0 }: Systems, scale: number): Tried => ({
  aim,
  scale,
  loadRatio: scale,
  meetsGates: scale > gates ? 'no' : scale < seenFrom ? 'unknown' : 'yes',
  followsLoad: scale > breaks ? 'no' : 'yes',
})

const search = (systems: Systems, within = bounds) => {
  const tried: Tried[] = []
  for (let trial = 0; trial < 100; trial++) {
    const next = nextScale(tried, within)
    if (next.kind === 'end') return { tried, ended: next.ended }
    tried.push(tryAt(next.aim, systems, next.scale))
  }
  throw new Error('expected an end, got none after 100 trials')
}

const scalesOf = (systems: Systems, within = bounds) => search(systems, within).tried.map(({ scale }) => scale)

describe('nextScale', () => {
  it('climbs by half as much again until the gates break, then halves the bracket in ratio', () => {
    expect(scalesOf({ gates: 5, breaks: 5 })).toEqual([1, 1.5, 2.25, 3.375, 5.063, 4.134, 4.575, 4.813, 4.936])
  })

  it('looks right beside where the systems seem to break: below, then above', () => {
    const aim = (scale: number) => tryAt('climb', { gates: 5, breaks: 5 }, scale)
    const tried = [aim(2.25), aim(3.375), aim(9)]
    expect(nextScale(tried, { ...bounds, breaksAt: 5 })).toEqual({ kind: 'try', aim: 'gate-limit', scale: 4.902 })
    expect(nextScale([...tried, aim(4.902)], { ...bounds, breaksAt: 5 })).toMatchObject({ scale: 5.1 })
    expect(nextScale([...tried, aim(4.902), aim(5.1)], { ...bounds, breaksAt: 5 }).kind).toBe('end')
    expect(nextScale(tried, { ...bounds, breaksAt: 20 })).toMatchObject({ scale: 5.511 })
  })

  it('takes loads within the precision for the same: what held just above what broke is the limit', () => {
    const held: Tried = { aim: 'gate-limit', scale: 8, loadRatio: 8.05, meetsGates: 'yes', followsLoad: 'yes' }
    const tried = [
      tryAt('climb', { gates: 9, breaks: 9 }, 4),
      { ...held, loadRatio: 8.03, meetsGates: 'no' as const },
      held,
    ]
    expect(bracketOf(tried, 'gate-limit', bounds)).toEqual({ low: 8.05, high: 8.03 })
    expect(bracketOf(tried, 'gate-limit', { precisionRatio: 0.001 })).toEqual({ low: 4, high: 8.03 })
  })

  it('ends where the draws miss the middle again and again', () => {
    const tried = [tryAt('climb', { gates: 5, breaks: 5 }, 4), tryAt('climb', { gates: 5, breaks: 5 }, 8)]
    const missed = Array.from({ length: 10 }, () => tryAt('gate-limit', { gates: 5, breaks: 5 }, 4))
    expect(nextScale([...tried, ...missed], bounds)).not.toMatchObject({ aim: 'gate-limit' })
  })

  it('finds both limits within the precision, in at most twenty-five trials', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 50, noNaN: true }),
        fc.double({ min: 1, max: 1.2, noNaN: true }),
        (gates, times) => {
          const breaks = Math.min(60, gates * times)
          const { tried, ended } = search({ gates, breaks })
          expect(ended).toBe('found')
          expect(tried.length).toBeLessThanOrEqual(25)
          for (const [aim, limit] of [
            ['gate-limit', gates],
            ['breakpoint', breaks],
          ] as const) {
            const { low = 0, high = 0 } = bracketOf(tried, aim, bounds)
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
    expect(bracketOf(tried, 'gate-limit', bounds)).toEqual({
      low: expect.closeTo(2.95, 0),
      high: expect.closeTo(3.05, 0),
    })
    expect(Math.max(...tried.map(({ scale }) => scale))).toBeGreaterThan(20)
  })

  it('halves its start while the gates break, and gives up where nothing holds', () => {
    expect(scalesOf({ gates: 0.3, breaks: 0.3 }).slice(0, 3)).toEqual([1, 0.6667, 0.4445])
    const { tried, ended } = search({ gates: 0, breaks: 0 })
    expect(ended).toBe('nothing-holds')
    expect(tried.at(-1)?.scale).toBeGreaterThanOrEqual(1 / 64)
  })

  it('tries no load above the highest that is allowed', () => {
    const { tried, ended } = search({ gates: 100, breaks: 100 }, { ...bounds, maxScale: 10 })
    expect(tried.map(({ scale }) => scale).slice(-3)).toEqual([5.063, 7.595, 10])
    expect(ended).toBe('max-scale')
  })

  it('climbs on over loads that nobody can judge, and does not take them for held', () => {
    const systems = { gates: 20, breaks: 20, seenFrom: 6 }
    expect(scalesOf(systems).slice(0, 9).at(-1)).toBe(25.63)
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
