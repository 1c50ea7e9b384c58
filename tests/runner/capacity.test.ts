import { describe, expect, it } from 'vitest'
import { capacityRecordSchema, type Trial } from '../../model/capacity-record.ts'
import { Failure } from '../../model/failure.ts'
import { type CapacityRequest, findCapacity } from '../../runner/capacity.ts'
import type { Made } from '../../runner/make-trial.ts'
import { timesScale } from '../../runner/make-trial.ts'
import type { RunRequest } from '../../runner/run-request.ts'
import { recupDay } from '../../scenarios/recup-day.ts'
import { overloaded, trial } from '../results/capacity/trial.ts'
import { facts, plan } from '../results/fixture.ts'

const slice = { day: 'monday', fromMs: 32_400_000, toMs: 36_000_000, fullVolume: false, scale: {} }

interface Seen {
  readonly name: string
  readonly replicas: RunRequest['replicas']
  readonly slice: RunRequest['slice']
}

/** A search over virtual runs of systems that each replica of recup lets carry two more. */
const found = async (
  changes: Partial<CapacityRequest> = {},
  of?: (scale: number, name: string) => Trial,
  signal = new AbortController().signal,
) => {
  const seen: Seen[] = []
  const told: string[] = []
  const make = async (request: RunRequest, { scale }: { scale: number }, name: string): Promise<Made> => {
    seen.push({ name, replicas: request.replicas, slice: request.slice })
    request.events.phase('load')
    const limit = 2 * (request.replicas?.recup ?? 1)
    const made = of ? of(scale, name) : scale > limit ? overloaded(scale) : trial(scale)
    return { trial: { ...made, name }, plan: plan(), provenance: facts.provenance }
  }
  const record = await findCapacity(
    {
      run: {
        scenario: recupDay,
        slice,
        seed: 1,
        target: { schemaVersion: 1, name: 'embedded', environment: 'embedded', fiscalCodes: 'marked' },
        defects: [],
        id: 'r1',
        dir: 'runs/r1',
        runsDir: 'runs',
        k6: 'k6',
        env: {},
        commandLine: 'collaudo capacity recup-day',
        signal,
      },
      bounds: { fromScale: 1, maxScale: 64, precisionRatio: 0.05 },
      withinMs: 3_600_000,
      forecastLoadRatio: 1,
      growth: undefined,
      without: undefined,
      events: {
        searching: (without) => told.push(`without ${without}`),
        phase: (text) => told.push(text),
        trial: ({ name }) => told.push(name),
      },
      ...changes,
    },
    make,
  )
  return { record, seen, told }
}

describe('findCapacity', () => {
  it('tells limits in business units and leaves a record that fits its schema', async () => {
    const { record, told } = await found()
    expect(capacityRecordSchema.parse(record)).toEqual(record)
    // The plan of each virtual run: 400 operations in 40 s at scale 1, half of them bookings.
    expect(record.forecast).toEqual({ loadRatio: 1, perHour: { operations: 48_000, bookings: 24_000 } })
    expect(record).toMatchObject({ verdict: 'pass', exitCode: 0, without: null, growth: null })
    expect(record.search.gateLimit).toMatchObject({ kind: 'found' })
    expect(told.slice(0, 2)).toEqual(['trial-1, × 1: load', 'trial-1'])
  })

  it('searches once more without a replica, from about where that limit should be', async () => {
    const { record, seen, told } = await found({ without: { system: 'recup', index: 2 } })
    expect(seen.filter(({ name }) => name.startsWith('trial')).every(({ replicas }) => replicas?.recup === 2)).toBe(
      true,
    )
    const less = seen.filter(({ name }) => name.startsWith('without-trial'))
    expect(less.every(({ replicas }) => replicas?.recup === 1)).toBe(true)
    expect(told).toContain('without recup#2')
    const { gateLimit } = record.search
    const lost = record.without?.search.gateLimit
    expect(record.without?.component).toBe('recup#2')
    expect('loadRatio' in gateLimit && gateLimit.loadRatio).toBeCloseTo(4, 0)
    expect(lost && 'loadRatio' in lost && lost.loadRatio).toBeCloseTo(2, 0)
    expect(record.without?.search.trials[0]?.scale).toBeCloseTo(2, 0)
  })

  it('says nothing of months where no load was judged to be carried', async () => {
    const unknown = (scale: number): Trial => trial(scale, { meetsGates: 'unknown', followsLoad: 'unknown' })
    const growth = { lowRatio: 0.02, highRatio: 0.05 }
    const { record } = await found({ growth, bounds: { fromScale: 1, maxScale: 2, precisionRatio: 0.05 } }, unknown)
    expect(record.search.gateLimit.kind).toBe('untold')
    expect(record.growth).toBeNull()
    expect((await found({ growth })).record.growth).toMatchObject({ ...growth, lowMonths: expect.any(Number) })
  })

  it('keeps its first search when no time is left for the one without the replica', async () => {
    const { record } = await found({ without: { system: 'recup', index: 2 }, withinMs: 1 }, (scale) =>
      trial(scale, { tookMs: 60_000 }),
    )
    expect(record.search.trials).toHaveLength(1)
    expect(record.without?.search).toMatchObject({ ended: 'time', trials: [] })
  })

  it('says that it was interrupted when nothing was measured before', async () => {
    await expect(found({}, undefined, AbortSignal.abort())).rejects.toMatchObject({ kind: 'interrupted' })
  })

  it('keeps what it knows when nothing can be made without the replica', async () => {
    const { record } = await found({ without: { system: 'recup', index: 2 } }, (scale, name) => {
      if (name.startsWith('without')) throw new Failure('usage', 'expected room, got none', 'make some')
      return scale > 4 ? overloaded(scale) : trial(scale)
    })
    expect(record.search.ended).toBe('found')
    expect(record.without?.search).toMatchObject({
      ended: 'refused',
      endedBecause: 'expected room, got none',
      trials: [],
    })
    expect(record.verdict).toBe('inconclusive')
  })

  it('says when a growing load reaches the limit', async () => {
    const { record } = await found({ growth: { lowRatio: 0.02, highRatio: 0.05 } })
    const { lowMonths, highMonths } = record.growth ?? {}
    expect(lowMonths).toBeGreaterThan(100)
    expect(highMonths).toBeGreaterThan(lowMonths ?? 0)
    const { record: beyond } = await found({ growth: { lowRatio: 0.02, highRatio: 0.05 }, forecastLoadRatio: 5 })
    expect(beyond.growth).toMatchObject({ lowMonths: 0, highMonths: 0 })
    expect(beyond).toMatchObject({ verdict: 'fail', exitCode: 1 })
  })

  it('does not begin anew after an interrupt', async () => {
    const cut = (scale: number) => trial(scale, { ended: 'interrupted', meetsGates: 'unknown', followsLoad: 'unknown' })
    const { record, seen } = await found({ without: { system: 'recup', index: 2 } }, (scale) =>
      scale > 1 ? cut(scale) : trial(scale),
    )
    expect(seen.map(({ name }) => name)).toEqual(['trial-1', 'trial-2'])
    expect(record).toMatchObject({ exitCode: 130, without: null, search: { ended: 'interrupted' } })
  })
})

describe('timesScale', () => {
  it('multiplies every stream, those with a scale of their own too', () => {
    expect(timesScale(slice, 2).scale).toEqual({ '*': 2 })
    expect(timesScale({ ...slice, scale: { '*': 0.5, web: 3 } }, 2).scale).toEqual({ '*': 1, web: 6 })
  })
})
