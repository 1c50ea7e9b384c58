import { describe, expect, it } from 'vitest'
import type { CapacityRecord } from '../../../model/capacity-record.ts'
import { gateSchema } from '../../../model/gate.ts'
import type { Metric } from '../../../model/metrics/metric.ts'
import { metrics, verdictCodes } from '../../../model/metrics.ts'
import { verdicts } from '../../../model/verdict.ts'
import { setCapacity } from '../../../results/push/capacity-series.ts'
import { DueRows } from '../../../results/push/due-rows.ts'
import { gateLimits } from '../../../results/push/gate-limits.ts'
import { SeriesStore } from '../../../results/push/series-store.ts'
import { scenarios } from '../../../scenarios/registry.ts'

const all: readonly Metric[] = Object.values(metrics)

describe('metrics', () => {
  it('have a name of their own in base units, with its suffix', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { name, kind, unit, labels, meaning } of all) {
      expect(name).toMatch(/^collaudo_[a-z_]+$/)
      expect(name.endsWith('_total'), name).toBe(kind === 'counter')
      if (unit === 'seconds') expect(name).toMatch(/_seconds(_total)?$/)
      if (unit === 'ratio') expect(name).toMatch(/_ratio$/)
      expect(labels).not.toContain('run')
      // Words of PromQL are no names after `by`.
      expect(
        labels.filter((label) => ['by', 'without', 'on', 'ignoring', 'bool', 'offset', 'group_left'].includes(label)),
      ).toEqual([])
      expect(meaning.length).toBeGreaterThan(10)
    }
  })

  it('have a number for each verdict, the good ones first', () => {
    const [good, ...worse] = [...verdicts].sort((a, b) => verdictCodes[a] - verdictCodes[b])
    expect(good).toBe('pass')
    expect(worse.at(-1)).toBe('fail')
    expect(new Set(Object.values(verdictCodes)).size).toBe(verdicts.length)
  })
})

describe('limits of gates', () => {
  it('stand in base units, one or two for every gate of every scenario', () => {
    for (const gate of scenarios.flatMap((scenario) => scenario.gates)) {
      const limits = gateLimits(gate)
      expect(limits.length).toBeGreaterThan(0)
      for (const { labels, limit } of limits) {
        expect(labels).toMatchObject({ gate: gate.name, kind: gate.kind, phase: gate.phase })
        expect(Number.isFinite(limit)).toBe(true)
      }
    }
  })

  it('turn ms into seconds', () => {
    const common = { name: 'a', why: 'assumption', phase: 'steady' }
    const gate = gateSchema.parse({
      ...common,
      kind: 'latency',
      journey: 'book',
      step: 'find',
      from: 'sent',
      quantile: 0.95,
      limitMs: 800,
      minSamples: 1,
    })
    expect(gateLimits(gate)).toEqual([
      {
        labels: {
          gate: 'a',
          kind: 'latency',
          phase: 'steady',
          unit: 'seconds',
          journey: 'book',
          step: 'find',
          quantile: '0.95',
        },
        limit: 0.8,
      },
    ])
    const recovery = gateSchema.parse({
      ...common,
      kind: 'recovery',
      goodWithinMs: 1000,
      minRatio: 0.9,
      withinMs: 5000,
    })
    expect(gateLimits(recovery).map(({ labels, limit }) => [labels.unit, limit])).toEqual([
      ['ratio', 0.9],
      ['seconds', 5],
    ])
  })
})

describe('rows that become due', () => {
  it('are counted once, by journey, those under way at the beginning too', () => {
    const due = new DueRows([
      { dueMs: -5, journey: 'book' },
      { dueMs: 0, journey: 'accept' },
      { dueMs: 10, journey: 'book' },
      { dueMs: 20, journey: 'book' },
    ])
    expect([...due.until(10)]).toEqual([
      ['book', 2],
      ['accept', 1],
    ])
    expect([...due.until(10)]).toEqual([])
    expect([...due.until(1000)]).toEqual([['book', 1]])
  })
})

describe('what a search found', () => {
  it('has one bound where the limit is only known to lie above', () => {
    const store = new SeriesStore()
    const untold = { kind: 'untold', why: 'nothing broke' } as const
    const search: CapacityRecord['search'] = {
      ended: 'max-scale',
      endedBecause: '',
      trials: [],
      gateLimit: { kind: 'above', loadRatio: 8, perHour: { bookings: 800 }, why: 'the highest that was tried' },
      knee: untold,
      breakpoint: untold,
      bottleneck: null,
      usl: { kind: 'untold', why: 'too few' },
      headroom: { lowRatio: 0.875, highRatio: null },
      rightSize: [],
    }
    setCapacity(store, { forecast: { loadRatio: 1, perHour: { bookings: 100 } }, search, without: null, growth: null })
    const told = store.all.map(({ metric, labels, value }) => [
      metric.name,
      labels['bound'] ?? labels['unit'] ?? '',
      value,
    ])
    expect(told).toEqual([
      ['collaudo_capacity_forecast_load_ratio', '', 1],
      ['collaudo_capacity_forecast_per_hour', 'bookings', 100],
      ['collaudo_capacity_limit_load_ratio', 'low', 8],
      ['collaudo_capacity_limit_per_hour', 'bookings', 800],
      ['collaudo_capacity_headroom_ratio', 'low', 0.875],
    ])
  })
})
