import { k6Path } from '../cli/k6-path.ts'
import { benchCollect } from './collect.ts'
import { benchJourneys } from './journeys.ts'
import { benchPlan } from './plan.ts'
import { benchTwin } from './twin.ts'

/** Speeds of one run, with their ratios: the machine is shared, so only what stands beside something means much. */
const k6 = k6Path(process.env)
const plan = benchPlan()
const collect = await benchCollect()
const twin = await benchTwin()
const journeys = await benchJourneys(k6)

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const rows: readonly (readonly [string, number, string])[] = [
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
]
for (const [name, value, unit] of rows) process.stdout.write(`${name.padEnd(54)}${whole(value).padStart(12)} ${unit}\n`)
const ratio = (of: number, to: number): string => (of / to).toFixed(2)
process.stdout.write(`
bookings ÷ bare script                                               ${ratio(journeys.bookings.perCore, journeys.bookings.barePerCore)}
acceptances ÷ bare script                                            ${ratio(journeys.acceptances.perCore, journeys.acceptances.barePerCore)}
CSV lines a core reads ÷ lines a core of k6 writes (10 a request)   ${ratio(collect.linesPerSecond, journeys.bookings.perCore * 10)}
`)
