import { describe, expect, test } from 'vitest'
import { stepIndex, stepsOf } from '../../generators/journey-steps.ts'
import { thinkAfterMs } from '../../generators/think-times.ts'
import type { Row } from '../../model/row.ts'
import type { StreamSpec } from '../../model/scenario.ts'
import { drawPlan } from '../../planner/plan.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const minuteMs = 60_000

/** From when until when a row keeps its actor, if each step takes so long. */
const stay = (row: Row, { channel }: Pick<StreamSpec, 'channel'>, stepMs: number) => {
  const steps = stepsOf(row.seed, row.journey, channel)
  let untilMs = row.dueMs
  for (let index = stepIndex(steps, row.step); index < steps.length; index++) {
    untilMs += stepMs + thinkAfterMs(row.seed, steps, index)
  }
  return { fromMs: row.dueMs, untilMs }
}

/** The most rows that are there at the same time. */
const most = (stays: readonly { fromMs: number; untilMs: number }[]): number => {
  const changes = stays.flatMap(({ fromMs, untilMs }) => [[fromMs, 1] as const, [untilMs, -1] as const])
  let there = 0
  let highest = 0
  for (const [, change] of changes.toSorted(([a, one], [b, other]) => a - b || one - other)) {
    there += change
    highest = Math.max(highest, there)
  }
  return highest
}

describe.each([1, 2, 3, 4, 5])('with seed %i', (seed) => {
  test.each([50, 2000])('nobody but callers waits for an actor when a step takes %i ms', (stepMs) => {
    const fromMs = (6 + 3 * seed) * 60 * minuteMs
    const slice = { day: 'monday', fromMs, toMs: fromMs + 10 * minuteMs, fullVolume: false, scale: {} }
    const { streams } = drawPlan({ scenario: recupDay, slice, seed, fiscalCodes: 'marked' })
    for (const { planned, timetable } of streams.filter(({ planned: { calls } }) => !calls)) {
      const stays = timetable.rows.map((row) => stay(row, planned, stepMs))
      expect([planned.name, planned.pool >= most(stays)]).toEqual([planned.name, true])
    }
  })
})
