import { describe, expect, it } from 'vitest'
import { rngOf } from '../../../generators/rng.ts'
import type { Limit, Search, Trial } from '../../../model/capacity-record.ts'
import { capacityVerdict } from '../../../results/capacity/capacity-verdict.ts'
import { searchResult } from '../../../results/capacity/search-result.ts'
import { breaksAt, overloaded, streamFlow, systemFlow, trial } from './trial.ts'

const perHour = (loadRatio: number) => ({ operations: 36_000 * loadRatio })

const resultOf = (trials: readonly Trial[], ended: Search['ended'] = 'found', endedBecause = '') =>
  searchResult({ ended, endedBecause, trials }, { perHour, precisionRatio: 0.05, forecastLoadRatio: 1, rng: rngOf(1) })

const untold = (limit: Limit): string => (limit.kind === 'found' ? 'found' : limit.why)

describe('the gate limit', () => {
  it('is the highest load that held, up to the lowest that broke', () => {
    const { gateLimit, headroom } = resultOf([trial(2), overloaded(8), trial(3.8), overloaded(4)])
    expect(gateLimit).toEqual({
      kind: 'found',
      loadRatio: 3.8,
      lowLoadRatio: 3.8,
      highLoadRatio: 4,
      perHour: { operations: 136_800 },
    })
    expect(headroom).toEqual({ lowRatio: 1 - 1 / 3.8, highRatio: 0.75 })
  })

  it('is told in what was drawn, not in what was asked for', () => {
    expect(resultOf([trial(2, { loadRatio: 1.9 }), overloaded(4, { loadRatio: 4.2 })]).gateLimit).toMatchObject({
      loadRatio: 1.9,
      highLoadRatio: 4.2,
    })
  })

  it('is above whatever held when nothing broke, and says why nobody went on', () => {
    const why = '× 16 could not be measured, twice: the load generator is the limit here, not the systems'
    const late = trial(16, { verdict: 'invalid', meetsGates: 'unknown', followsLoad: 'unknown' })
    const { gateLimit, breakpoint, headroom } = resultOf([trial(4), trial(8), late, late], 'load-generator', why)
    expect(gateLimit).toMatchObject({ kind: 'above', loadRatio: 8, why })
    expect(breakpoint).toMatchObject({ kind: 'above', loadRatio: 8, why })
    expect(headroom).toEqual({ lowRatio: 0.875, highRatio: null })
  })

  it('is below the lowest that broke when nothing held, and untold when nothing could be judged', () => {
    expect(resultOf([overloaded(0.5)]).gateLimit).toMatchObject({ kind: 'below', loadRatio: 0.5 })
    const reason = 'search-p95: too little to judge (steady, 3 samples).'
    const unseen = trial(1, { verdict: 'inconclusive', meetsGates: 'unknown', reasons: [reason] })
    expect(untold(resultOf([unseen]).gateLimit)).toBe('search-p95: too little to judge (steady, 3 samples)')
  })
})

describe('the breakpoint', () => {
  it('is what a held-up system does at most, in loads of the trials that it followed', () => {
    expect(resultOf([trial(1), trial(2), overloaded(8), overloaded(5)]).breakpoint).toMatchObject({
      kind: 'found',
      loadRatio: breaksAt,
      lowLoadRatio: 79 / 20,
      highLoadRatio: 81 / 20,
      perHour: { operations: 144_000 },
    })
  })

  it('takes the trial in which the system did most: one that is flooded answers what nobody waits for any more', () => {
    const flooded = overloaded(16, { systems: [systemFlow({ goodPerSecond: 12, meanMs: 9000, failedRatio: 0.8 })] })
    expect(resultOf([trial(2), overloaded(5), flooded]).breakpoint).toMatchObject({ loadRatio: breaksAt })
  })

  it('is the part that was served where people are too few and no system is slow', () => {
    const waiting = streamFlow({ stream: 'phone', offered: 1000, backlogTo: 252, fallsBehind: true, waitMs: 9000 })
    const phone = overloaded(4, { suffering: ['phone'], streams: [waiting], systems: [systemFlow()] })
    const { breakpoint, bottleneck } = resultOf([trial(2), phone])
    expect(bottleneck).toMatchObject({ kind: 'actors', system: null, streams: ['phone'] })
    expect(breakpoint).toMatchObject({ kind: 'found', loadRatio: 3, lowLoadRatio: 2, highLoadRatio: 4 })
  })
})

describe('the bottleneck', () => {
  it('is the system that has become slowest, and what broke first', () => {
    const reports = systemFlow({ system: 'reports', meanMs: 60 })
    const usual = trial(2, { systems: [systemFlow(), reports] })
    const broken = overloaded(5, { systems: [systemFlow({ meanMs: 900 }), { ...reports, meanMs: 90 }] })
    expect(resultOf([usual, broken, overloaded(8, { gatesBroken: ['failures'] })]).bottleneck).toEqual({
      kind: 'system',
      system: 'recup',
      streams: ['partners'],
      gates: ['book-p95'],
    })
  })

  it('is the system that fails, however fast', () => {
    const failing = overloaded(5, { systems: [systemFlow({ failedRatio: 0.2, meanMs: 5 })] })
    expect(resultOf([trial(2), failing]).bottleneck).toMatchObject({ kind: 'system', system: 'recup' })
  })

  it('is not guessed where no system is slower and nobody waits', () => {
    expect(resultOf([trial(2), overloaded(5, { systems: [systemFlow()] })]).bottleneck?.kind).toBe('unknown')
    expect(resultOf([trial(2)]).bottleneck).toBeNull()
  })
})

describe('the knee and the scalability law', () => {
  const queue = (load: number) => {
    const meanMs = 50 / (1 - load / 4.2)
    return systemFlow({ goodPerSecond: 20 * load, meanMs, p95Ms: 2 * meanMs, inFlight: (20 * load * meanMs) / 1000 })
  }
  const loads = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]
  const trials = loads.map((load) => trial(load, { systems: [queue(load)] }))

  it('are told from eight loads', () => {
    const { knee, usl } = resultOf(trials)
    expect(knee).toMatchObject({ kind: 'found', lowLoadRatio: 3, loadRatio: 3.5, highLoadRatio: 4 })
    expect(usl).toMatchObject({ kind: 'fitted', system: 'recup', levels: 8 })
    if (usl.kind === 'fitted') expect(usl.rSquared).toBeGreaterThan(0.99)
  })

  it('say how many are missing', () => {
    const { knee, usl } = resultOf(trials.slice(0, 5))
    expect(untold(knee)).toBe('5 loads, 8 are needed')
    expect(usl).toEqual({ kind: 'untold', why: '5 levels of load that can be used, 6 are needed' })
  })

  it('leave out loads that were no plateau', () => {
    const little = { expectedInFlight: 8, gapRatio: 0.2, isPlateau: false }
    const unsteady = trials.map((one, index) =>
      index < 3 ? { ...one, systems: one.systems.map((flow) => ({ ...flow, little })) } : one,
    )
    expect(resultOf(unsteady).usl.kind).toBe('untold')
    expect(resultOf(unsteady).knee.kind).toBe('found')
  })
})

describe('capacityVerdict', () => {
  const verdictOf = (search: Search, forecastLoadRatio = 1, lost?: Search) =>
    capacityVerdict({ search, forecastLoadRatio, without: lost ? { component: 'recup#2', search: lost } : null })
  const found = resultOf([trial(2), trial(3.9), overloaded(4)])

  it('passes when every gate held at the forecast or more', () => {
    expect(verdictOf(found, 3.9)).toEqual({ verdict: 'pass', exitCode: 0 })
    expect(verdictOf(resultOf([trial(4)], 'max-scale', '--max-scale 4 was reached'))).toMatchObject({ exitCode: 0 })
  })

  it('fails when a gate broke at the forecast or less', () => {
    expect(verdictOf(found, 4)).toEqual({ verdict: 'fail', exitCode: 1 })
    expect(verdictOf(resultOf([overloaded(0.5)], 'nothing-holds'))).toMatchObject({ verdict: 'fail' })
  })

  it('tells nothing between what held and what broke, or when nobody could go on', () => {
    expect(verdictOf(found, 3.95)).toEqual({ verdict: 'inconclusive', exitCode: 3 })
    expect(verdictOf(resultOf([trial(2)], 'time'), 3)).toEqual({ verdict: 'inconclusive', exitCode: 3 })
    expect(verdictOf(resultOf([trial(2)], 'load-generator'), 3)).toEqual({ verdict: 'invalid', exitCode: 3 })
  })

  it('judges what is left of the systems too', () => {
    const less = resultOf([trial(1.9), overloaded(2)])
    expect(verdictOf(found, 1.5, less)).toEqual({ verdict: 'pass', exitCode: 0 })
    expect(verdictOf(found, 3, less)).toEqual({ verdict: 'fail', exitCode: 1 })
  })

  it('exits as interrupted, and as crashed where that is why nothing is told', () => {
    expect(verdictOf(resultOf([trial(2)], 'interrupted')).exitCode).toBe(130)
    expect(verdictOf(resultOf([trial(2)], 'crashed')).exitCode).toBe(0)
    expect(verdictOf(resultOf([trial(2)], 'crashed'), 3).exitCode).toBe(6)
  })
})
