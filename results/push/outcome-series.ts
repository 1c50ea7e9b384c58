import { metrics } from '../../model/metrics.ts'
import type { CallCentreResult, Resilience, RunRecord } from '../../model/run-record.ts'
import type { SeriesStore } from './series-store.ts'

/** What else a record tells, where it does: an experiment, a comparison, a call centre, what it cost. */
export const setOutcomes = (store: SeriesStore, record: RunRecord): void => {
  if (record.resilience) setResilience(store, record.resilience)
  setChanges(store, record)
  for (const centre of record.callCentres) setCallCentre(store, centre)
  setCost(store, record)
}

const setResilience = (store: SeriesStore, { streams, grayMs, scoreRatio }: Resilience): void => {
  for (const { stream, ...figures } of streams) {
    const { toImpactMs, toDetectMs, toRecoverMs, usualRatio, worstRatio, depthRatio, lossRatio, budgetRatio } = figures
    const times = { 'to-impact': toImpactMs, 'to-detect': toDetectMs, 'to-recover': toRecoverMs }
    for (const [figure, ms] of Object.entries(times))
      if (ms !== null) store.set(metrics.resilienceTime, { stream, figure }, ms / 1000)
    const ratios = { usual: usualRatio, worst: worstRatio, depth: depthRatio, loss: lossRatio, budget: budgetRatio }
    for (const [figure, ratio] of Object.entries(ratios)) store.set(metrics.resilienceRatio, { stream, figure }, ratio)
  }
  store.set(metrics.resilienceTime, { stream: '*', figure: 'gray' }, grayMs / 1000)
  if (scoreRatio !== null) store.set(metrics.resilienceRatio, { stream: '*', figure: 'score' }, scoreRatio)
}

const setChanges = (store: SeriesStore, { comparison }: RunRecord): void => {
  for (const { journey, step, phase, measure, verdict, changeRatio, intervalRatio } of comparison?.steps ?? []) {
    const bounds = { estimate: changeRatio, low: intervalRatio.from, high: intervalRatio.to }
    for (const [bound, ratio] of Object.entries(bounds))
      store.set(metrics.change, { journey, step, phase, measure, bound, verdict }, ratio)
  }
}

const setCallCentre = (store: SeriesStore, { stream, phase, seen, expected, outlook }: CallCentreResult): void => {
  for (const [source, figures] of Object.entries({ seen, expected })) {
    const { abandonedRatio, meanWaitMs, waitingCalls, busyOperators } = figures
    store.set(metrics.callsAbandoned, { stream, phase, source }, abandonedRatio)
    store.set(metrics.callWait, { stream, phase, source }, meanWaitMs / 1000)
    store.set(metrics.calls, { stream, phase, source, figure: 'waiting' }, waitingCalls)
    store.set(metrics.calls, { stream, phase, source, figure: 'busy-operators' }, busyOperators)
  }
  for (const { addedMs, operatorsNeeded, capacityPerHour } of outlook?.slowerScreens ?? []) {
    const where = { stream, phase, added: String(addedMs) }
    store.set(metrics.operatorsNeeded, where, operatorsNeeded)
    store.set(metrics.callCapacity, where, capacityPerHour)
  }
}

const setCost = (store: SeriesStore, { costAndCarbon }: RunRecord): void => {
  for (const { system, usedVcpuHours, provisionedVcpuHours } of costAndCarbon?.systems ?? []) {
    store.set(metrics.systemProcessor, { system, part: 'used' }, usedVcpuHours)
    store.set(metrics.systemProcessor, { system, part: 'provisioned' }, provisionedVcpuHours)
  }
  for (const { unit, perThousand } of costAndCarbon?.units ?? []) {
    if (perThousand === null) continue
    store.set(metrics.energy, { unit }, perThousand.energyWattHours)
    store.set(metrics.carbon, { unit, part: 'operational' }, perThousand.operationalGrams)
    store.set(metrics.carbon, { unit, part: 'embodied' }, perThousand.embodiedGrams)
  }
}
