import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { costAndCarbonSchema } from '../../model/cost-and-carbon.ts'
import type { ProcessorTime } from '../../model/processor-time.ts'
import { costAndCarbon } from '../../results/cost-and-carbon.ts'
import type { Counted } from '../../results/functional-units.ts'

type Known = Extract<ProcessorTime, { kind: 'known' }>

const journey = (stream: string, name: string, outcomes: Record<string, number>) => ({
  stream,
  journey: name,
  planned: 0,
  started: 0,
  completed: 0,
  outcomes,
})
const quantiles = { p50: 0, p95: 0, p99: 0, max: 0 }
const step = (phase: string, name: string, ok: number) => ({
  stream: 'emergency',
  journey: 'emergency',
  step: name,
  phase,
  requests: ok,
  failed: 0,
  outcomes: { ok, failed: 7 },
  fromSentMs: quantiles,
  fromDueMs: null,
})

/** 2,000 bookings of two streams, 500 accesses in two phases, no study. */
const counted: Counted = {
  journeys: [
    journey('phone', 'book', { done: 1500, 'no-offer': 90 }),
    journey('web', 'book', { done: 500, declined: 10 }),
    journey('phone', 'cancel', { done: 4000 }),
    journey('modalities', 'store-study', { failed: 3 }),
  ],
  steps: [step('warm-up', 'register', 100), step('steady', 'register', 400), step('steady', 'triage', 300)],
}

/** An hour: recup half busy on two processes, prescriptions and identity a tenth, emergency not at all. */
const hour: Known = {
  kind: 'known',
  lastsMs: 3_600_000,
  systems: [
    { system: 'recup', vcpus: 2, usedMs: 3_600_000 },
    { system: 'prescriptions', vcpus: 1, usedMs: 360_000 },
    { system: 'emergency', vcpus: 1, usedMs: 0 },
    { system: 'identity', vcpus: 1, usedMs: 360_000 },
  ],
}

describe('costAndCarbon', () => {
  const { systems, units, parameters } = costAndCarbon(hour, counted)
  const unit = (name: string) => units.find((one) => one.unit === name)

  it('takes for each system what is provisioned, idle or not: energy, its carbon, and that of the servers', () => {
    const [recup] = systems
    // Two vCPU, half busy: 0.69 W + half of 3.37 W each, PUE 1.58.
    const wattHours = 2 * (0.69 + 0.5 * (4.06 - 0.69)) * 1.58
    expect(recup).toMatchObject({ system: 'recup', usedVcpuHours: 1, provisionedVcpuHours: 2, idleRatio: 0.5 })
    expect(recup?.energyWattHours).toBeCloseTo(wattHours, 9)
    expect(recup?.operationalGrams).toBeCloseTo((wattHours / 1000) * 287.75, 9)
    // 1,610.79 kg over four years and 96 vCPU.
    expect(parameters.embodiedGramsPerVcpuHour).toBeCloseTo(0.47885, 5)
    expect(recup?.embodiedGrams).toBeCloseTo(2 * 0.47885, 4)
    expect(systems.find(({ system }) => system === 'emergency')).toMatchObject({ usedVcpuHours: 0, idleRatio: 1 })
  })

  it('counts confirmed bookings of every stream, and gives them what their systems and their part of identity took', () => {
    // All that was used besides identity was used for bookings.
    expect(unit('confirmed-bookings')).toMatchObject({
      systems: ['recup', 'prescriptions'],
      count: 2000,
      perThousand: { usedVcpuHours: (1 + 0.1 + 0.1) / 2, provisionedVcpuHours: (2 + 1 + 1) / 2 },
    })
    const grams = (of: { readonly operationalGrams: number; readonly embodiedGrams: number }) =>
      of.operationalGrams + of.embodiedGrams
    const all = systems.filter(({ system }) => system !== 'emergency').reduce((sum, of) => sum + grams(of), 0)
    expect(unit('confirmed-bookings')?.perThousand?.sciGrams).toBeCloseTo(all / 2, 9)
    expect(unit('confirmed-bookings')?.perThousand?.idleRatio).toBeCloseTo(1 - 1.2 / 4, 9)
  })

  it('counts registered accesses of every phase', () => {
    expect(unit('emergency-accesses')).toMatchObject({ count: 500, perThousand: { idleRatio: 1 } })
    expect(unit('emergency-accesses')?.perThousand?.provisionedVcpuHours).toBe(2)
  })

  it('says nothing of units whose systems were not there, and no figure of those that there was none of', () => {
    expect(units.map((one) => one.unit)).toEqual(['confirmed-bookings', 'emergency-accesses'])
    const imaging = { ...hour, systems: [{ system: 'imaging', vcpus: 1, usedMs: 1000 }] }
    expect(costAndCarbon(imaging, counted).units).toEqual([
      { unit: 'imaging-studies', systems: ['imaging'], count: 0, perThousand: null },
    ])
  })
})

test('whatever was used: more of it is more energy and less idle, no share leaves 0 to 1, and the record takes all of it', () => {
  const system = fc.record({
    system: fc.constantFrom('recup', 'emergency', 'imaging', 'identity'),
    vcpus: fc.integer({ min: 0, max: 9 }),
    usedMs: fc.double({ min: 0, max: 1e9, noNaN: true }),
  })
  const uses = fc.uniqueArray(system, { minLength: 1, selector: (of) => of.system })
  fc.assert(
    fc.property(uses, fc.double({ min: 0, max: 1e8, noNaN: true }), (systems, lastsMs) => {
      const of = costAndCarbonSchema.parse(costAndCarbon({ kind: 'known', lastsMs, systems }, counted))
      const twice = systems.map((one) => ({ ...one, usedMs: 2 * one.usedMs }))
      const more = costAndCarbon({ kind: 'known', lastsMs, systems: twice }, counted)
      for (const [index, one] of of.systems.entries()) {
        expect(more.systems[index]?.energyWattHours).toBeGreaterThanOrEqual(one.energyWattHours)
        expect(more.systems[index]?.idleRatio).toBeLessThanOrEqual(one.idleRatio)
      }
    }),
  )
})
