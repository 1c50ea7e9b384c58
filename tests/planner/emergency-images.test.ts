import { describe, expect, test } from 'vitest'
import { parseSlice } from '../../cli/parse-options.ts'
import { episodeOf } from '../../generators/emergency/episode.ts'
import { imagesSeedOf } from '../../generators/emergency/images-seed.ts'
import { studyOf } from '../../generators/imaging/study.ts'
import { drawPlan } from '../../planner/plan.ts'
import { emergencyModalities } from '../../region/emergency-imaging.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { regionalDay } from '../../scenarios/regional-day.ts'

const hours = { ...emergencyMonth.slice, days: '1', from: '08:00', to: '20:00' }

const planned = (options: Partial<Parameters<typeof parseSlice>[0]> = {}) => {
  const slice = parseSlice({ ...hours, ...options }, emergencyMonth)
  const { streams, plan } = drawPlan({ scenario: emergencyMonth, slice, seed: 1, fiscalCodes: 'marked' })
  const at = (name: string) => {
    const ordinal = streams.findIndex((stream) => stream.planned.name === name)
    return { ordinal, ...(streams[ordinal] ?? expect.fail(name)) }
  }
  return { plan, accesses: at('emergency'), images: at('emergency-images'), transfers: at('transfers') }
}

describe.each([
  ['as in life', {}],
  ['squeezed into a minute with its full volume', { squeeze: '60s', fullVolume: true }],
])('images of emergencies, %s', (_, options) => {
  const { plan, accesses, images, transfers } = planned(options)
  const episodes = accesses.timetable.episodes ?? []
  const stretch = (plan.durationMs - emergencyMonth.warmUpMs) / (12 * 3_600_000)

  test('are stored once for each episode of which some are taken while the run lasts, of its patient', () => {
    const due = episodes.flatMap(({ seed, arrivalMs }, subject) => {
      const { imagedAfterMs } = episodeOf(seed)
      const dueMs = imagedAfterMs === undefined ? -1 : arrivalMs + imagedAfterMs * stretch
      return dueMs >= 0 && dueMs < plan.durationMs ? [subject] : []
    })
    expect(due.length).toBeGreaterThan(200)
    expect(images.timetable.rows.map(({ subject }) => subject).toSorted((a, b) => a - b)).toEqual(due)
    for (const [row, { subject, seed }] of images.timetable.rows.entries()) {
      expect(seed).toBe(imagesSeedOf(episodes[subject]?.seed ?? 0))
      expect(images.subjects[row]).toEqual({ kind: 'images', person: personOf(accesses.subjects[subject]) })
    }
  })

  test('are fetched of whoever is brought to another hospital, after they were stored, by the row that stored them or from before the run', () => {
    expect(transfers.timetable.rows.length).toBeGreaterThan(5)
    for (const [row, { subject, seed, dueMs }] of transfers.timetable.rows.entries()) {
      expect(episodeOf(episodes[subject]?.seed ?? 0).second?.kind).toBe('transfer')
      const stored = images.timetable.rows.findIndex((image) => image.subject === subject)
      const storedBy = stored < 0 ? { stream: transfers.ordinal, row } : { stream: images.ordinal, row: stored }
      expect(transfers.subjects[row]).toEqual({
        kind: 'images',
        person: personOf(accesses.subjects[subject]),
        storedBy,
        ...(stored < 0 && { study: seed }),
      })
      if (stored >= 0) expect(dueMs).toBeGreaterThanOrEqual((images.timetable.rows[stored]?.dueMs ?? 0) + 10_000)
    }
  })
})

const personOf = (subject: ReturnType<typeof planned>['accesses']['subjects'][number] | undefined) =>
  subject?.kind === 'emergency' ? subject.person : undefined

test('the studies of emergencies are of kinds that emergency departments have made', () => {
  const modalities = Array.from(
    { length: 2000 },
    (_, seed) => studyOf({ seed: imagesSeedOf(seed * 7919), nth: 0 }, 'full').kind.modality,
  )
  expect([...new Set(modalities)].toSorted()).toEqual([...emergencyModalities.value].toSorted())
})

test('a regional day has as many studies as a day of images, those of emergencies among them', () => {
  const slice = parseSlice({ ...regionalDay.slice, day: 'weekday', from: '00:00', to: '24:00' }, regionalDay)
  const { plan } = drawPlan({ scenario: regionalDay, slice, seed: 1, fiscalCodes: 'marked', imageSize: 'small' })
  expect((plan.totals['studies']?.expected ?? 0) / 20_000).toBeCloseTo(1, 1)
})
