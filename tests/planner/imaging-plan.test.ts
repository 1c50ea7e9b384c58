import { describe, expect, test } from 'vitest'
import { parseSlice } from '../../cli/parse-options.ts'
import { studyBytes, studyOf } from '../../generators/imaging/study.ts'
import type { ImageSize } from '../../model/plan.ts'
import type { Scenario } from '../../model/scenario.ts'
import { drawPlan } from '../../planner/plan.ts'
import { migration } from '../../region/migration.ts'
import { imagingDay } from '../../scenarios/imaging-day.ts'
import { migrationCutover } from '../../scenarios/migration-cutover.ts'

const planned = (scenario: Scenario, slice: Partial<Scenario['slice']> = {}, imageSize: ImageSize = 'full') =>
  drawPlan({
    scenario,
    slice: parseSlice({ ...scenario.slice, ...slice }, scenario),
    seed: 1,
    fiscalCodes: 'marked',
    imageSize,
  })

describe('a plan of the imaging day', () => {
  const { plan, streams } = planned(imagingDay)

  test('expects the region’s studies, each stored and read once, and their bytes', () => {
    const { studies, imageBytes } = plan.totals
    expect(studies?.expected).toBeCloseTo(20_000, 6)
    expect(plan.streams.map(({ name, expected }) => [name, Math.round(expected)])).toEqual([
      ['modalities', 20_000],
      ['radiologists', 20_000],
      ['sharing', 400],
    ])
    expect((imageBytes?.expected ?? 0) / 1e12).toBeCloseTo(1.27, 1)
    const rows = streams[0]?.timetable.rows ?? []
    const drawn = rows
      .filter(({ step, dueMs }) => step === 'store' && dueMs >= imagingDay.warmUpMs)
      .reduce((sum, { seed }) => sum + studyBytes(studyOf({ seed, nth: 0 }, 'full'), 'full'), 0)
    expect(imageBytes?.drawn).toBe(drawn)
  })

  test('has as many images and a sixtieth of the bytes when they are small', () => {
    const small = planned(imagingDay, {}, 'small').plan
    expect(small.totals['images']).toEqual(plan.totals['images'])
    expect((plan.totals['imageBytes']?.drawn ?? 0) / (small.totals['imageBytes']?.drawn ?? 1)).toBeGreaterThan(60)
    expect(small.fingerprint).not.toBe(plan.fingerprint)
  })
})

describe('a plan of the migration', () => {
  const { plan, streams } = planned(migrationCutover, { day: 'monday', from: '09:00', to: '10:00' }, 'small')
  const rowsOf = (name: string) => streams.find(({ planned: { name: of } }) => of === name)?.timetable.rows ?? []
  const cutoverMs = plan.cutoverMs ?? 0

  test('moves what 60 days ask for, two thirds of it by the trusts', () => {
    const [trusts, region] = ['trust-movers', 'region-movers'].map(
      (name) => plan.streams.find((stream) => stream.name === name)?.expected ?? 0,
    )
    expect((trusts ?? 0) / ((trusts ?? 0) + (region ?? 0))).toBeCloseTo(migration.trustShare.value)
    expect((trusts ?? 0) + (region ?? 0)).toBeCloseTo(
      migration.archiveBytes.value / 63e6 / migration.days.value / 24,
      3,
    )
  })

  test('lets what devices have stored on the old side follow after the cutover, each study once, in its order', () => {
    const stored = rowsOf('modalities').flatMap(({ dueMs, seed }, row) => (dueMs < cutoverMs ? [{ row, seed }] : []))
    const followed = rowsOf('catch-up')
    expect(followed.map(({ subject, seed }) => ({ row: subject, seed }))).toEqual(stored)
    expect(Math.min(...followed.map(({ dueMs }) => dueMs))).toBeGreaterThan(cutoverMs)
    expect(Math.max(...followed.map(({ dueMs }) => dueMs))).toBeLessThan(plan.durationMs)
  })

  test('puts on the old side what will be moved, and what is read on both', () => {
    const movedByMovers = rowsOf('trust-movers').length + rowsOf('region-movers').length
    const sentBefore = rowsOf('modalities').filter(({ step }) => step === 'confirm').length
    // Two archives of 50 studies, and one study for the smoke run of each of three streams of movers.
    expect(plan.dataset.studies).toBe(2 * 50 + movedByMovers + sentBefore + 3)
  })
})
