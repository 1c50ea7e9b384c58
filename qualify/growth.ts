import { readFile, writeFile } from 'node:fs/promises'
import { feedCollector } from '../bench/feed-collector.ts'
import { benchTwin } from '../bench/twin.ts'
import type { Load } from './growth-load.ts'
import { growthTable } from './growth-table.ts'
import { measuredRun } from './measured-run.ts'
import { plannedDay } from './memory.ts'
import { type DayParts, nationText } from './nation.ts'

/**
 * `npm run growth`: five minutes of the whole region's Monday at 1, 2 and 5 times its load, what the rest takes by the day, and
 * `docs/scale.md` with what grew and what that is for a country. Broken off and started again it goes on with what is missing;
 * `npm run growth -- again` measures all anew.
 */
const factors = [1, 2, 5]
const lastsSeconds = 300
const slice = ['regional-day', '--day', 'monday', '--from', '09:00', '--to', '09:05', '--image-size', 'small']
const day = ['regional-day', '--day', 'monday', '--from', '00:00', '--to', '24:00', '--image-size', 'small']
const figuresFile = new URL('./growth.json', import.meta.url)
const proofsFile = new URL('./figures.json', import.meta.url)
const pageFile = new URL('../docs/scale.md', import.meta.url)

const measured = async (factor: number): Promise<Load> => {
  const { record, usage, requestsPerSecond } = await measuredRun([...slice, '--scale', String(factor)])
  const { delivery, totals, integrity, verdict, reasons } = record
  return {
    factor,
    planned: delivery.planned,
    started: delivery.started,
    requestsPerSecond,
    bytesPerSecond: ((totals.bytesSent + totals.bytesReceived) / totals.requests) * requestsPerSecond,
    usage,
    timerLagMs: delivery.timerLagMs.p99,
    workerWaitMs: delivery.workerWaitMs.p99,
    verified: integrity.verified,
    verdict,
    firstReason: reasons[0] ?? '',
  }
}

const bookings = 1_000_000
const requestsOfBooking = 4

const partsOfDay = async (): Promise<DayParts> => {
  const fed = await feedCollector(bookings)
  const { plan, seconds, peakBytes } = await plannedDay(day)
  const { documentBytes: _, imageBytes, ...resources } = plan.dataset
  return {
    linesPerSecond: fed.lines / fed.cpuSeconds,
    linesPerRequest: fed.lines / bookings / requestsOfBooking,
    collectorBytes: fed.rssBytes,
    diskBytesPerRequest: fed.diskBytes / bookings / requestsOfBooking,
    rowsOfDay: plan.streams.reduce((sum, { drawn }) => sum + drawn, 0),
    planSeconds: seconds,
    planBytes: peakBytes,
    loadedPerSecond: (await benchTwin()).resourcesLoadedPerSecond,
    resourcesOfDay: Object.values(resources).reduce((sum, number) => sum + number, 0),
    series: await seriesOfRun(),
  }
}

/** As the proof `observed` has counted them. */
const seriesOfRun = async (): Promise<number> => {
  const figures: Readonly<Record<string, { readonly figure: string }>> = JSON.parse(await readFile(proofsFile, 'utf8'))
  const found = Object.entries(figures).find(([name]) => name.startsWith('observed: '))?.[1].figure
  const series = Number(/^(\d+) series/.exec(found ?? '')?.[1])
  if (series > 0) return series
  throw new Error('expected the series of a run, got none: npm run qualify -- observed')
}

interface Growth {
  readonly loads: readonly Load[]
  readonly parts?: DayParts
}

const keep = (growth: Growth): Promise<void> => writeFile(figuresFile, `${JSON.stringify(growth, null, 2)}\n`)

const known: Growth = process.argv.includes('again')
  ? { loads: [] }
  : JSON.parse(await readFile(figuresFile, 'utf8').catch(() => '{"loads":[]}'))
const loads: Load[] = []
for (const factor of factors) {
  loads.push(known.loads.find((load) => load.factor === factor) ?? (await measured(factor)))
  await keep({ ...known, loads })
}
const parts = known.parts ?? (await partsOfDay())
await keep({ loads, parts })

const k6Of = ({ usage }: Load) => usage.find(({ name }) => name === 'k6')
const points = loads.map((load) => ({
  factor: load.factor,
  requestsPerSecond: load.requestsPerSecond,
  rowsPerSecond: load.started / lastsSeconds,
  bytesPerSecond: load.bytesPerSecond,
  k6Cores: k6Of(load)?.cpuRatio ?? 0,
  k6Bytes: k6Of(load)?.rssBytes ?? 0,
}))
const page = `${growthTable(loads, `collaudo run ${slice.join(' ')} --scale N`)}\n${nationText(points, parts)}`
await writeFile(pageFile, page)
process.stdout.write(page)
process.exitCode = loads.every(({ planned, started }) => planned === started) ? 0 : 1
