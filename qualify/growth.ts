import { readFile, writeFile } from 'node:fs/promises'
import { standing } from '../model/component.ts'
import { type MeasuredRun, measuredRun } from './measured-run.ts'

/**
 * `npm run growth`: five minutes of the whole region's Monday at 1, 2 and 5 times its load, and `docs/scale.md` with what grew.
 * Broken off and started again it goes on with what is missing; `npm run growth -- again` measures all anew.
 */
const factors = [1, 2, 5]
const slice = ['regional-day', '--day', 'monday', '--from', '09:00', '--to', '09:05', '--image-size', 'small']
const figuresFile = new URL('./growth.json', import.meta.url)
const tableFile = new URL('../docs/scale.md', import.meta.url)

/** What is kept of a run at one load. */
interface Load {
  readonly factor: number
  readonly planned: number
  readonly started: number
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
  readonly usage: MeasuredRun['usage']
  readonly timerLagMs: number
  readonly workerWaitMs: number
  readonly verified: number
  readonly verdict: string
  readonly firstReason: string
}

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

type Line = readonly [name: string, value: (load: Load) => number, unit: string]

const lines = (loads: readonly Load[]): readonly Line[] => [
  ['rows planned', ({ planned }) => planned, ''],
  ['rows started', ({ started }) => started, ''],
  ['requests', ({ requestsPerSecond }) => requestsPerSecond, '/s'],
  ['bytes both ways', ({ bytesPerSecond }) => bytesPerSecond / 1e6, 'MB/s'],
  ...processes(loads).flatMap((name): readonly Line[] => [
    [`${name}: processor`, (load) => 100 * (shareOf(load, name)?.cpuRatio ?? 0), '% of a core'],
    [`${name}: memory`, (load) => (shareOf(load, name)?.rssBytes ?? 0) / 1e6, 'MB'],
  ]),
  ['systems: processor for 1,000 requests', (load) => (1000 * systemsCpuRatio(load)) / load.requestsPerSecond, 's'],
  ['timer lag, p99', ({ timerLagMs }) => timerLagMs, 'ms'],
  ['wait for a free actor, p99', ({ workerWaitMs }) => workerWaitMs / 1000, 's'],
  ['writes read back', ({ verified }) => verified, ''],
]

const processes = (loads: readonly Load[]): readonly string[] => [
  ...new Set(loads.flatMap(({ usage }) => usage.map(({ name }) => name))),
]
/** What the systems themselves use, of one core: what a request costs, in money and in energy. */
const systemsCpuRatio = ({ usage }: Load): number =>
  usage.filter(({ name }) => isSystem(name)).reduce((sum, { cpuRatio }) => sum + cpuRatio, 0)
const isSystem = (name: string): boolean => standing.some((system) => system === name)
const shareOf = ({ usage }: Load, name: string) => usage.find((share) => share.name === name)

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const number = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

const tableOf = (loads: readonly Load[]): string => {
  const [least] = loads
  const growth = (load: Load, value: Line[1]): string =>
    least && value(least) > 0 ? `${(value(load) / value(least)).toFixed(1)} ×` : ''
  return [
    '# How the load grows',
    '',
    'Made by `npm run growth` on 2 cores and 24 GiB, load generator and twin side by side:',
    '',
    `    collaudo run ${slice.join(' ')} --scale N`,
    '',
    row([
      '',
      ...loads.map(({ factor }) => `× ${factor}`),
      ...loads.slice(1).map(({ factor }) => `growth at × ${factor}`),
    ]),
    row(Array(2 * loads.length).fill('---')),
    ...lines(loads).map(([name, value, unit]) =>
      row([
        name,
        ...loads.map((load) => `${number(value(load))} ${unit}`.trim()),
        ...loads.slice(1).map((load) => growth(load, value)),
      ]),
    ),
    row([
      'verdict',
      ...loads.map(({ verdict, firstReason }) => `${verdict}${firstReason && `: ${firstReason}`}`),
      ...loads.slice(1).map(() => ''),
    ]),
    '',
  ].join('\n')
}

const isAgain = process.argv.includes('again')
const known: readonly Load[] = isAgain ? [] : JSON.parse(await readFile(figuresFile, 'utf8').catch(() => '[]'))
const loads: Load[] = []
for (const factor of factors) {
  loads.push(known.find((load) => load.factor === factor) ?? (await measured(factor)))
  await writeFile(figuresFile, `${JSON.stringify(loads, null, 2)}\n`)
}
const table = tableOf(loads)
await writeFile(tableFile, table)
process.stdout.write(table)
process.exitCode = loads.every(({ planned, started }) => planned === started) ? 0 : 1
