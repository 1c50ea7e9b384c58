import { type Episode, episodeOf } from '../../generators/emergency/episode.ts'
import { eventsOf } from '../../generators/emergency/row-events.ts'
import { studyBytes, studyOf } from '../../generators/imaging/study.ts'
import { metrics } from '../../model/metrics.ts'
import type { Row } from '../../model/row.ts'
import type { RowEnded } from '../../model/sample.ts'
import { Histogram } from '../histogram.ts'
import type { LiveRun } from './live-series.ts'
import type { SeriesStore } from './series-store.ts'

/** What the rows that were done mean to the region: accesses by triage colour, studies by modality. */
export class BusinessSeries {
  readonly #store: SeriesStore
  readonly #run: LiveRun
  /** When those who come to an emergency department were due, by stream and episode. */
  readonly #arrivedMs = new Map<string, number>()

  constructor(store: SeriesStore, run: LiveRun) {
    this.#store = store
    this.#run = run
    for (const [stream, rows] of Object.entries(run.rows)) {
      for (const { journey, step, subject, dueMs } of rows) {
        if (journey === 'emergency' && named(step, 'register')) this.#arrivedMs.set(`${stream}|${subject}`, dueMs)
      }
    }
  }

  ended({ stream, row: index, outcome, endedMs }: RowEnded): void {
    const row = this.#run.rows[stream]?.[index]
    if (row === undefined || outcome !== 'done') return
    if (row.journey === 'emergency') this.#entered(stream, row, endedMs)
    else if (row.journey === 'store-study') this.#stored(row)
  }

  #entered(stream: string, row: Row, endedMs: number): void {
    const episode: Episode = episodeOf(row.seed)
    const { colour } = episode
    for (const { kind } of eventsOf(episode.events, row.step))
      this.#store.add(metrics.emergencyEvents, { colour, event: kind }, 1)
    const arrivedMs = this.#arrivedMs.get(`${stream}|${row.subject}`)
    if (arrivedMs === undefined || !named(row.step, 'visit')) return
    const wait = new Histogram()
    wait.record(endedMs - arrivedMs)
    this.#store.merge(metrics.emergencyWait, { colour }, wait)
  }

  #stored({ seed }: Row): void {
    const size = this.#run.plan.imageSize ?? 'full'
    const study = studyOf({ seed, nth: 0 }, size)
    const { modality } = study.kind
    this.#store.add(metrics.studies, { modality }, 1)
    this.#store.add(metrics.studyBytes, { modality }, studyBytes(study, size))
  }
}

/** Whether the row enters such an event. */
const named = (step: string, event: string): boolean => step.split('+').includes(event)
