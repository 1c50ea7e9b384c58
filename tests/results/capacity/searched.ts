import { rngOf } from '../../../generators/rng.ts'
import type { CapacityRecord, Search, Trial } from '../../../model/capacity-record.ts'
import { capacityVerdict } from '../../../results/capacity/capacity-verdict.ts'
import { searchResult } from '../../../results/capacity/search-result.ts'
import { facts } from '../fixture.ts'
import { overloaded, systemFlow, trial } from './trial.ts'

const perHour = (loadRatio: number) => ({ operations: 36_000 * loadRatio, bookings: 16_200 * loadRatio })

/** Of a system whose answers take longer the nearer it comes to its limit. */
const rising = (load: number): Trial => {
  const meanMs = 50 / (1 - load / 4.2)
  const flow = { goodPerSecond: 20 * load, meanMs, p95Ms: 2 * meanMs, inFlight: (20 * load * meanMs) / 1000 }
  return trial(load, { systems: [systemFlow(flow)] })
}
export const wholeSearch: readonly Trial[] = [...[0.5, 1, 1.5, 2, 2.5, 3, 3.5, 3.9].map(rising), overloaded(4.1)]

export const searchOf = (
  trials: readonly Trial[] = wholeSearch,
  ended: Search['ended'] = 'found',
  endedBecause = '',
): Search =>
  searchResult({ ended, endedBecause, trials }, { perHour, precisionRatio: 0.05, forecastLoadRatio: 1, rng: rngOf(1) })

/** The record of a search that found everything, unless something is changed. */
export const capacityRecord = (changes: Partial<CapacityRecord> = {}): CapacityRecord => {
  const { search = searchOf(), without = null, forecast = { loadRatio: 1, perHour: perHour(1) } } = changes
  return {
    schemaVersion: 1,
    id: 'r20261126-090000-000',
    scenario: 'recup-day',
    streams: ['partners'],
    slice: { day: 'weekday', fromMs: 32_400_000, toMs: 36_000_000, squeezeMs: 30_000, fullVolume: false, scale: {} },
    target: 'embedded',
    environment: 'embedded',
    seed: 1,
    provenance: { ...facts.provenance, commandLine: 'collaudo capacity recup-day --streams partners' },
    startedAt: '2026-11-26T09:00:00.000Z',
    endedAt: '2026-11-26T09:06:00.000Z',
    ...capacityVerdict({ search, without, forecastLoadRatio: forecast.loadRatio }),
    precisionRatio: 0.05,
    forecast,
    search,
    without,
    growth: null,
    ...changes,
  }
}
