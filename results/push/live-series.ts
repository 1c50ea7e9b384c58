import type { Gate } from '../../model/gate.ts'
import { metrics } from '../../model/metrics.ts'
import type { Plan } from '../../model/plan.ts'
import type { Row } from '../../model/row.ts'
import type { RowEnded } from '../../model/sample.ts'
import type { Cell } from '../cells.ts'
import type { CollectorWatch } from '../collector-watch.ts'
import { phaseIndexAt } from '../phase-at.ts'
import { isAnswered } from '../read-cells.ts'
import { BusinessSeries } from './business-series.ts'
import { DueRows } from './due-rows.ts'
import { gateLimits } from './gate-limits.ts'
import type { SeriesStore } from './series-store.ts'

/** What is known of a run before it begins. */
export interface LiveRun {
  readonly plan: Plan
  /** Of each stream, in the order of their due time. */
  readonly rows: Readonly<Record<string, readonly Row[]>>
  /** All gates, those of the target too. */
  readonly gates: readonly Gate[]
}

/** Keeps the series of a run that goes on. */
export class LiveSeries implements CollectorWatch {
  readonly #store: SeriesStore
  readonly #run: LiveRun
  readonly #due: readonly { readonly stream: string; readonly rows: DueRows }[]
  readonly #business: BusinessSeries
  readonly #counts = new Map<string, { due: number; started: number; abandoned: number; ended: number }>()

  constructor(store: SeriesStore, run: LiveRun) {
    this.#store = store
    this.#run = run
    this.#due = run.plan.streams.map(({ name }) => ({ stream: name, rows: new DueRows(run.rows[name] ?? []) }))
    this.#business = new BusinessSeries(store, run)
    for (const { labels, limit } of run.gates.flatMap(gateLimits)) store.set(metrics.gateLimit, labels, limit)
    for (const { name, pool, calls } of run.plan.streams) {
      store.set(metrics.actors, { stream: name, kind: 'pool' }, pool)
      if (calls) store.set(metrics.actors, { stream: name, kind: 'operators' }, calls.operators)
    }
  }

  cells(cells: readonly Cell[]): void {
    for (const cell of cells) this.#cell(cell)
  }

  ended(sample: RowEnded): void {
    this.#business.ended(sample)
  }

  /** Brings what time alone changes up to an instant of the run’s clock; undefined: the load is over. */
  see(elapsedMs: number | undefined): void {
    if (elapsedMs !== undefined) this.#become(elapsedMs)
    const { phases } = this.#run.plan
    const now = elapsedMs === undefined ? undefined : phases[phaseIndexAt(phases, elapsedMs)]
    for (const { name } of phases) this.#store.set(metrics.phaseActive, { phase: name }, name === now?.name ? 1 : 0)
    for (const { stream } of this.#due) {
      const { due, started, abandoned, ended } = this.#of(stream)
      const isOver = elapsedMs === undefined
      this.#store.set(metrics.rowsWaiting, { stream }, isOver ? 0 : Math.max(0, due - started - abandoned))
      this.#store.set(metrics.rowsUnderWay, { stream }, isOver ? 0 : Math.max(0, started + abandoned - ended))
    }
  }

  #become(elapsedMs: number): void {
    this.#store.set(metrics.elapsed, {}, elapsedMs / 1000)
    for (const { stream, rows } of this.#due) {
      for (const [journey, count] of rows.until(elapsedMs)) {
        this.#store.add(metrics.rowsDue, { stream, journey }, count)
        this.#of(stream).due += count
      }
    }
  }

  #cell(cell: Cell): void {
    const { stream } = cell
    switch (cell.kind) {
      case 'step':
        this.#step(cell)
        break
      case 'first':
        if (isAnswered(cell.outcome))
          this.#store.merge(metrics.fromDue, { stream, journey: cell.journey }, cell.fromDue)
        break
      case 'row':
        this.#store.add(metrics.rowsStarted, { stream }, cell.timerLag.count)
        this.#store.merge(metrics.timerLag, { stream }, cell.timerLag)
        this.#store.merge(metrics.workerWait, { stream }, cell.workerWait)
        this.#of(stream).started += cell.timerLag.count
        break
      case 'end':
        this.#store.add(metrics.rowsEnded, { stream, journey: cell.journey, outcome: cell.outcome }, cell.count)
        this.#of(stream).ended += cell.count
        if (cell.outcome === 'abandoned') this.#of(stream).abandoned += cell.count
    }
  }

  #step({ stream, journey, step, outcome, fromSent }: Extract<Cell, { kind: 'step' }>): void {
    const isGood = isAnswered(outcome)
    const where = { stream, journey, step }
    this.#store.add(metrics.steps, { ...where, outcome, answered: isGood ? 'yes' : 'no' }, fromSent.count)
    if (isGood) this.#store.merge(metrics.stepDuration, where, fromSent)
    else this.#store.merge(metrics.unansweredDuration, { stream, outcome }, fromSent)
  }

  #of(stream: string) {
    const counts = this.#counts.get(stream) ?? { due: 0, started: 0, abandoned: 0, ended: 0 }
    this.#counts.set(stream, counts)
    return counts
  }
}
