import { describe, expect, it } from 'vitest'
import { episodeOf } from '../../../generators/emergency/episode.ts'
import { studyBytes, studyOf } from '../../../generators/imaging/study.ts'
import type { Row } from '../../../model/row.ts'
import type { Cell } from '../../../results/cells.ts'
import { Histogram } from '../../../results/histogram.ts'
import { LiveSeries } from '../../../results/push/live-series.ts'
import { SeriesStore } from '../../../results/push/series-store.ts'
import { plan } from '../fixture.ts'

const of = (...ms: number[]): Histogram => {
  const histogram = new Histogram()
  for (const one of ms) histogram.record(one)
  return histogram
}

const place = { phase: 'steady', atMs: 0, widthMs: 1000, stream: 'web' } as const
const step = { ...place, kind: 'step', journey: 'book', step: 'find' } as const

const row = (dueMs: number, more: Partial<Row> = {}): Row => ({
  ...{ dueMs, journey: 'book', step: 'find', subject: 0, seed: 7 },
  ...more,
})

const setUp = (rows: Readonly<Record<string, readonly Row[]>>) => {
  const store = new SeriesStore()
  const whole = plan()
  const [web] = whole.streams
  if (web === undefined) throw new Error('expected a stream, got none')
  const streams = Object.keys(rows).map((name) => ({ ...web, name }))
  const live = new LiveSeries(store, { plan: { ...whole, streams }, rows, gates: whole.gates })
  const value = (name: string, labels: Readonly<Record<string, string>> = {}) => {
    const found = store.all.find(
      (one) => one.metric.name === name && Object.entries(labels).every(([label, text]) => one.labels[label] === text),
    )
    return found?.value instanceof Histogram ? found.value.count : found?.value
  }
  return { store, live, value }
}

describe('the series of a run that goes on', () => {
  it('count what was due, begun, ended, waits and is under way', () => {
    const { live, value } = setUp({ web: [row(0), row(500), row(900), row(5000)] })
    live.cells([
      { ...place, kind: 'row', timerLag: of(0, 0), workerWait: of(0, 3) },
      { ...place, kind: 'end', journey: 'book', outcome: 'done', count: 1 },
    ])
    live.see(1000)
    expect(value('collaudo_rows_due_total')).toBe(3)
    expect(value('collaudo_rows_started_total')).toBe(2)
    expect(value('collaudo_rows_waiting')).toBe(1)
    expect(value('collaudo_rows_under_way')).toBe(1)
    expect(value('collaudo_elapsed_seconds')).toBe(1)
  })

  it('do not count a caller who gave up as begun or under way', () => {
    const { live, value } = setUp({ phone: [row(0), row(1)] })
    const phone = { ...place, stream: 'phone' }
    live.cells([{ ...phone, kind: 'end', journey: 'book', outcome: 'abandoned', count: 1 }])
    live.see(1000)
    expect(value('collaudo_rows_waiting')).toBe(1)
    expect(value('collaudo_rows_under_way')).toBe(0)
  })

  it('keep what got no answer out of the latency, so that a refused connection lowers nothing', () => {
    const { live, value } = setUp({ web: [] })
    const cells: Cell[] = [
      { ...step, outcome: 'ok', fromSent: of(200, 210) },
      { ...step, outcome: 'unreachable', fromSent: of(0, 0, 0) },
    ]
    live.cells(cells)
    expect(value('collaudo_step_duration_seconds')).toBe(2)
    expect(value('collaudo_unanswered_step_duration_seconds', { outcome: 'unreachable' })).toBe(3)
    expect(value('collaudo_steps_total', { outcome: 'unreachable', answered: 'no' })).toBe(3)
  })

  it('say which phase it is, and that none is when the load is over', () => {
    const { live, value } = setUp({ web: [] })
    live.see(0)
    expect(value('collaudo_phase_active', { phase: 'warm-up' })).toBe(1)
    live.see(undefined)
    expect(value('collaudo_phase_active', { phase: 'warm-up' })).toBe(0)
  })

  it('count accesses by the colour that their seed gives, and the wait from arrival to visit', () => {
    const seed = 12345
    const { colour } = episodeOf(seed)
    const emergency = (dueMs: number, entered: string) => row(dueMs, { journey: 'emergency', step: entered, seed })
    const { live, value } = setUp({ emergency: [emergency(1000, 'register+triage'), emergency(4000, 'visit')] })
    const end = { kind: 'end', stream: 'emergency', journey: 'emergency', outcome: 'done' } as const
    live.ended({ ...end, row: 0, endedMs: 2000 })
    live.ended({ ...end, row: 1, endedMs: 5000 })
    expect(value('collaudo_emergency_events_total', { colour, event: 'register' })).toBe(1)
    expect(value('collaudo_emergency_events_total', { colour, event: 'visit' })).toBe(1)
    expect(value('collaudo_emergency_wait_seconds', { colour })).toBe(1)
  })

  it('count studies and their bytes by modality, only those that were stored', () => {
    const study = studyOf({ seed: 7, nth: 0 }, 'full')
    const { live, value } = setUp({
      modalities: [row(0, { journey: 'store-study' }), row(0, { journey: 'store-study' })],
    })
    const end = { kind: 'end', stream: 'modalities', journey: 'store-study', endedMs: 1 } as const
    live.ended({ ...end, row: 0, outcome: 'done' })
    live.ended({ ...end, row: 1, outcome: 'failed' })
    const { modality } = study.kind
    expect(value('collaudo_studies_total', { modality })).toBe(1)
    expect(value('collaudo_study_bytes_total', { modality })).toBe(studyBytes(study, 'full'))
  })
})
