import { metrics, verdictCodes } from '../../model/metrics.ts'
import type { RunRecord, StepResult } from '../../model/run-record.ts'
import { Histogram } from '../histogram.ts'
import { failedCount, type Measured, total } from '../read-cells.ts'
import type { SeriesStore } from './series-store.ts'

const quantiles = { '0.5': 'p50', '0.95': 'p95', '0.99': 'p99' } as const

/** What a run came to, from its record and its cells. */
export const setResults = (store: SeriesStore, record: RunRecord, measured: Measured): void => {
  store.set(metrics.verdict, { verdict: record.verdict }, verdictCodes[record.verdict])
  setGates(store, record)
  setIntegrity(store, record)
  const { delivery } = record
  for (const state of ['planned', 'started', 'completed', 'cut', 'samplesLost'] as const)
    store.set(metrics.delivery, { state: state === 'samplesLost' ? 'samples-lost' : state }, delivery[state])
  for (const step of record.steps) if (step.phase === 'steady') setStep(store, step)
  setPhases(store, measured)
}

const setGates = (store: SeriesStore, { gates }: RunRecord): void => {
  for (const { name: gate, phase, unit, observed, verdict } of gates) {
    store.set(metrics.gateVerdict, { gate, phase }, verdictCodes[verdict])
    if (observed === null) continue
    const isTime = unit === 'ms'
    store.set(
      metrics.gateObserved,
      { gate, phase, unit: isTime ? 'seconds' : unit },
      isTime ? observed / 1000 : observed,
    )
  }
}

const setIntegrity = (store: SeriesStore, { integrity }: RunRecord): void => {
  const { intended, acknowledged, refused, verified, unknown } = integrity
  const states = {
    intended,
    acknowledged,
    refused,
    verified,
    'unknown-landed': unknown.landed,
    'unknown-absent': unknown.absent,
  }
  for (const [state, count] of Object.entries(states)) store.set(metrics.writes, { state }, count)
  const { lost, duplicated, doubleBooked, half, corrupted, leaked, late, disclosed } = integrity
  const findings = { lost, duplicated, 'double-booked': doubleBooked, half, corrupted, leaked, late, disclosed }
  for (const [kind, count] of Object.entries(findings)) store.set(metrics.findings, { kind }, count)
}

const setStep = (store: SeriesStore, { stream, journey, step, fromSentMs, requests, failed }: StepResult): void => {
  const where = { stream, journey, step }
  store.set(metrics.resultFailed, where, failed / Math.max(1, requests))
  if (failed === requests) return
  for (const [quantile, name] of Object.entries(quantiles))
    store.set(metrics.resultDuration, { ...where, quantile }, fromSentMs[name] / 1000)
}

interface Together {
  readonly journey: string
  readonly phase: string
  readonly fromSent: Histogram
  requests: number
  failed: number
}

/** All steps of a journey together, and all streams. */
const setPhases = (store: SeriesStore, { steps }: Measured): void => {
  const groups = new Map<string, Together>()
  for (const { journey, phase, fromSent, outcomes } of steps) {
    const key = `${journey}|${phase}`
    const group = groups.get(key) ?? { journey, phase, fromSent: new Histogram(), requests: 0, failed: 0 }
    groups.set(key, group)
    group.fromSent.merge(fromSent)
    group.requests += total(outcomes)
    group.failed += failedCount(outcomes)
  }
  for (const { journey, phase, fromSent, requests, failed } of groups.values()) {
    store.set(metrics.phaseFailed, { journey, phase }, failed / Math.max(1, requests))
    if (fromSent.count === 0) continue
    for (const quantile of ['0.5', '0.95'])
      store.set(metrics.phaseDuration, { journey, phase, quantile }, fromSent.quantile(Number(quantile)) / 1000)
  }
}
