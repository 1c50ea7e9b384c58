import { describe, expect, it } from 'vitest'
import { experiments } from '../../chaos/experiments/registry.ts'
import type { Experiment, ExperimentSpec } from '../../model/experiment.ts'
import { experimentSchema } from '../../model/experiment.ts'
import { drawPlan } from '../../planner/plan.ts'
import { shortForm } from '../../runner/short-form.ts'
import { stageExperiment } from '../../runner/stage-experiment.ts'
import { scenarioNamed } from '../scenarios/scenario-named.ts'

const spec: ExperimentSpec = {
  name: 'slow-way',
  summary: 'The way to the booking service is slow',
  hypothesis: 'Bookings go on',
  scenario: 'recup-day',
  streams: ['web', 'counter'],
  day: 'monday',
  from: '10:00',
  phases: { warmUpMs: 5000, steadyMs: 20_000, faultMs: 30_000, recoveryMs: 10_000, afterMs: 10_000, drainMs: 5000 },
  faults: [{ fault: { kind: 'latency', component: 'recup', delayMs: 300 }, fromMs: 3000, lastsMs: 20_000 }],
  gates: [
    {
      kind: 'quality',
      name: 'q',
      why: 'assumption',
      phase: 'fault',
      streams: ['web'],
      goodWithinMs: 1000,
      minRatio: 0.9,
      minSamples: 10,
    },
  ],
  environments: ['embedded'],
  blastRadius: ['recup'],
}

const stagedFrom = (experiment: Experiment) => stageExperiment(experiment, scenarioNamed(experiment.scenario))

const made = (changes: Partial<ExperimentSpec> = {}): Experiment => experimentSchema.parse({ ...spec, ...changes })

describe('stageExperiment', () => {
  it('fills the slice with the phases, between warm-up and drain', () => {
    const { scenario, slice } = stagedFrom(made())
    const { plan } = drawPlan({ scenario, slice, seed: 1, fiscalCodes: 'marked' })
    expect(plan.phases).toEqual([
      { name: 'warm-up', fromMs: 0, toMs: 5000 },
      { name: 'steady', fromMs: 5000, toMs: 25_000 },
      { name: 'fault', fromMs: 25_000, toMs: 55_000 },
      { name: 'recovery', fromMs: 55_000, toMs: 65_000 },
      { name: 'after', fromMs: 65_000, toMs: 75_000 },
      { name: 'drain', fromMs: 75_000, toMs: 80_000 },
    ])
    expect(plan.streams.map(({ name }) => name)).toEqual(['web', 'counter'])
  })

  it('lets less and less come after it, of all who come by themselves, where users may not get well again', () => {
    const drawn = (phases: ExperimentSpec['phases']) =>
      drawPlan({ ...stagedFrom(made({ phases, scale: { '*': 4 } })), seed: 1, fiscalCodes: 'marked' })
    const less = drawn({ ...spec.phases, reliefMs: 60_000 })
    const all = drawn({ ...spec.phases, afterMs: spec.phases.afterMs + 180_000 })
    const reliefs = less.plan.phases.filter(({ name }) => name === 'relief')
    expect(reliefs.map(({ fromMs, loadRatio }) => [fromMs, loadRatio])).toEqual([
      [75_000, 0.75],
      [135_000, 0.5],
      [195_000, 0.25],
    ])
    for (const { fromMs, toMs, loadRatio } of reliefs) {
      const dueIn = ({ streams }: typeof all) =>
        streams.flatMap(({ timetable }) => timetable.rows.filter(({ dueMs }) => dueMs >= fromMs && dueMs < toMs)).length
      expect(dueIn(all)).toBeGreaterThan(200)
      expect(Math.abs(dueIn(less) / dueIn(all) - Number(loadRatio))).toBeLessThan(0.1)
    }
    const rowsBefore = ({ streams }: typeof all) =>
      streams.map(({ timetable }) => timetable.rows.filter(({ dueMs }) => dueMs < 75_000))
    expect(rowsBefore(less)).toEqual(rowsBefore(all))
  })

  it.each<readonly [string, Partial<ExperimentSpec>, string | RegExp]>([
    ['a stream that is not there', { streams: ['web', 'counter', 'nobody'] }, 'streams: expected a stream of phone'],
    [
      'a stream that follows one left out',
      {
        scenario: 'emergency-month',
        streams: ['transfers'],
        gates: made().gates.map((gate) => ({ ...gate, streams: ['transfers'] })) as never,
      },
      'streams: expected a stream of transfers, got emergency',
    ],
    ['a gate on a stream that is left out', { streams: ['counter'] }, 'gates.q: expected a stream of counter, got web'],
    [
      'a fault that outlasts its phase',
      { faults: [{ fault: spec.faults[0]?.fault as never, fromMs: 20_000, lastsMs: 20_000 }] },
      'faults.0: expected its end within the fault phase of 30000 ms, got 40000 ms',
    ],
    [
      'a fault outside the blast radius',
      { blastRadius: ['reports'] },
      'faults.0: expected a component of the blast radius (reports), got recup',
    ],
    [
      'a day that there is not',
      { day: '2026-02-30' },
      /day: expected monday, .*, weekday or YYYY-MM-DD, got 2026-02-30/,
    ],
    [
      'stretches of relief too short to be looked at',
      { phases: { ...spec.phases, reliefMs: 2000 } },
      'phases.reliefMs: expected 0 or at least 5000, got 2000',
    ],
    [
      'a gate on relief',
      { gates: made().gates.map((gate) => ({ ...gate, phase: 'relief' as const })) },
      'gates.q: expected a phase that is always there, got relief',
    ],
    ['phases that go beyond midnight', { from: '23:59' }, 'from: expected phases that end on the same day, got 23:59'],
  ])('refuses %s', (_, changes, message) => {
    expect(() => stagedFrom(made(changes))).toThrow(message)
  })

  it('tells all problems at once', () => {
    expect(() => stagedFrom(made({ from: '23:59', blastRadius: ['reports'] }))).toThrow(/blast radius.*\n.*same day/)
  })
})

describe('every experiment', () => {
  it.each(experiments.map((experiment) => [experiment.name, experiment] as const))(
    '%s can be staged, whole and short',
    (_, experiment) => {
      for (const form of [experiment, shortForm(experiment)]) expect(stagedFrom(form).scenario.streams).not.toEqual([])
    },
  )

  it.each(experiments.map((experiment) => [experiment.name, experiment] as const))(
    '%s lasts less than three minutes',
    (_, { phases }) => {
      const totalMs = Object.values(phases).reduce((sum, ms) => sum + ms, 0)
      expect(totalMs).toBeLessThanOrEqual(150_000)
    },
  )

  it.each(experiments.map((experiment) => [experiment.name, experiment] as const))(
    '%s never names production',
    (_, { environments }) => {
      expect(environments).not.toContain('production')
    },
  )
})
