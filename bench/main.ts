import { k6Path } from '../cli/k6-path.ts'
import { benchCollect } from './collect.ts'
import { benchJourneys } from './journeys.ts'
import { benchPlan } from './plan.ts'
import { benchProxy, type LatencyFigures } from './proxy.ts'
import { benchTwin } from './twin.ts'

/** Speeds of one run, with their ratios: the machine is shared, so only what stands beside something means much. */
const k6 = k6Path(process.env)
const plan = benchPlan()
const collect = await benchCollect()
const twin = await benchTwin()
const journeys = await benchJourneys(k6)
const proxy = await benchProxy()

const whole = (value: number): string => Math.round(value).toLocaleString('en')
type Row = readonly [name: string, value: number, unit: string]
const latencyRows = (connections: string, { medianUs, p99Us }: LatencyFigures): readonly Row[] => [
  [`request, ${connections}, no proxy, median`, medianUs.bare, 'µs'],
  [`added by the fault proxy, median`, medianUs.ours, 'µs'],
  [`added by Toxiproxy, median`, medianUs.toxiproxy, 'µs'],
  [`request, ${connections}, no proxy, p99`, p99Us.bare, 'µs'],
  [`added by the fault proxy, p99`, p99Us.ours, 'µs'],
  [`added by Toxiproxy, p99`, p99Us.toxiproxy, 'µs'],
]
const rows: readonly Row[] = [
  ['rows planned, with patient, prescription and agenda', plan.rowsPerSecond, '/s'],
  ['patients', plan.patientsPerSecond, '/s'],
  ['CSV lines collected', collect.linesPerSecond, '/s of a core'],
  ['own samples collected', collect.ownSamplesPerSecond, '/s of a core'],
  ['collector, peak memory', collect.rssBytes / 1e6, 'MB'],
  ['twin: booking transactions', twin.transactionsPerSecond, '/s'],
  ['twin: bookings (hold, then book)', twin.holdAndBookPerSecond, '/s'],
  ['twin: resources loaded', twin.resourcesLoadedPerSecond, '/s'],
  ['twin: start', twin.startMs, 'ms'],
  ['twin: recup, memory', twin.rssBytes / 1e6, 'MB'],
  ['journeys: requests of bookings', journeys.bookings.perCore, '/s of a core'],
  ['a bare k6 script that sends the same', journeys.bookings.barePerCore, '/s of a core'],
  ['journeys: requests of acceptances', journeys.acceptances.perCore, '/s of a core'],
  ['a bare k6 script that sends the same', journeys.acceptances.barePerCore, '/s of a core'],
  ['a connection, no proxy', proxy.megabytesPerS.bare, 'MB/s'],
  ['the same through the fault proxy', proxy.megabytesPerS.ours, 'MB/s'],
  ['the same through Toxiproxy', proxy.megabytesPerS.toxiproxy, 'MB/s'],
  ...latencyRows('1 connection', proxy.one),
  ...latencyRows('16 connections', proxy.sixteen),
]
for (const [name, value, unit] of rows) process.stdout.write(`${name.padEnd(54)}${whole(value).padStart(12)} ${unit}\n`)
const ratio = (of: number, to: number): string => (of / to).toFixed(2)
process.stdout.write(`
bookings ÷ bare script                                               ${ratio(journeys.bookings.perCore, journeys.bookings.barePerCore)}
acceptances ÷ bare script                                            ${ratio(journeys.acceptances.perCore, journeys.acceptances.barePerCore)}
CSV lines a core reads ÷ lines a core of k6 writes (10 a request)   ${ratio(collect.linesPerSecond, journeys.bookings.perCore * 10)}
fault proxy ÷ Toxiproxy: MB/s                                        ${ratio(proxy.megabytesPerS.ours, proxy.megabytesPerS.toxiproxy)}
  added to a request, 1 connection: median                           ${ratio(proxy.one.medianUs.ours, proxy.one.medianUs.toxiproxy)}
  p99                                                                ${ratio(proxy.one.p99Us.ours, proxy.one.p99Us.toxiproxy)}
  16 connections: median                                             ${ratio(proxy.sixteen.medianUs.ours, proxy.sixteen.medianUs.toxiproxy)}
  p99                                                                ${ratio(proxy.sixteen.p99Us.ours, proxy.sixteen.p99Us.toxiproxy)}
`)
