import type { CapacityRecord, Limit, Search, Trial } from '../../model/capacity-record.ts'
import { metrics } from '../../model/metrics.ts'
import type { SeriesStore } from './series-store.ts'

/** What a search for the limit found. */
export const setCapacity = (
  store: SeriesStore,
  record: Pick<CapacityRecord, 'forecast' | 'search' | 'without' | 'growth'>,
): void => {
  const { forecast, search, without, growth } = record
  store.set(metrics.forecastLoad, {}, forecast.loadRatio)
  for (const [unit, perHour] of Object.entries(forecast.perHour)) store.set(metrics.forecastPerHour, { unit }, perHour)
  setSearch(store, search, '')
  if (without) setSearch(store, without.search, without.component)
  for (const trial of search.trials) setTrial(store, trial)
  if (search.usl.kind === 'fitted') {
    const { system, lambdaPerSecond, sigma, kappa, rSquared } = search.usl
    const parameters = { lambda: lambdaPerSecond.value, sigma: sigma.value, kappa: kappa.value, 'r-squared': rSquared }
    for (const [parameter, value] of Object.entries(parameters)) store.set(metrics.uslFit, { system, parameter }, value)
  }
  for (const { system, neededVcpus, vcpus } of search.rightSize) {
    store.set(metrics.neededVcpus, { system, part: 'needed' }, neededVcpus)
    store.set(metrics.neededVcpus, { system, part: 'provisioned' }, vcpus)
  }
  for (const [bound, months] of Object.entries({ low: growth?.lowMonths, high: growth?.highMonths }))
    if (typeof months === 'number') store.set(metrics.monthsToLimit, { bound }, months)
}

const setSearch = (store: SeriesStore, search: Search, lost: string): void => {
  const { gateLimit, knee, breakpoint, headroom } = search
  for (const [limit, found] of Object.entries({ 'gate-limit': gateLimit, knee, breakpoint }))
    setLimit(store, found, { limit, lost })
  for (const [bound, ratio] of Object.entries({ low: headroom.lowRatio, high: headroom.highRatio }))
    if (ratio !== null) store.set(metrics.headroom, { bound, lost }, ratio)
}

/** What is only known to lie above or below has one bound. */
const setLimit = (store: SeriesStore, found: Limit, where: { readonly limit: string; readonly lost: string }): void => {
  if (found.kind === 'untold') return
  const { loadRatio } = found
  const bounds =
    found.kind === 'found'
      ? { estimate: loadRatio, low: found.lowLoadRatio, high: found.highLoadRatio }
      : { [found.kind === 'above' ? 'low' : 'high']: loadRatio }
  for (const [bound, ratio] of Object.entries(bounds)) store.set(metrics.capacityLimit, { ...where, bound }, ratio)
  for (const [unit, perHour] of Object.entries(found.perHour))
    store.set(metrics.capacityPerHour, { ...where, unit }, perHour)
}

const setTrial = (
  store: SeriesStore,
  { name: trial, verdict, loadRatio, completedPerSecond, systems }: Trial,
): void => {
  store.set(metrics.trialLoad, { trial, verdict }, loadRatio)
  store.set(metrics.trialThroughput, { trial }, completedPerSecond * 3600)
  for (const { system, inFlight, goodPerSecond, p95Ms } of systems) {
    store.set(metrics.trialInFlight, { trial, system }, inFlight)
    store.set(metrics.trialGood, { trial, system }, goodPerSecond)
    store.set(metrics.trialDuration, { trial, system }, p95Ms / 1000)
  }
}
