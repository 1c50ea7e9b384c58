import { standing } from '../model/component.ts'
import type { Load } from './growth-load.ts'

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

/** `command`: what was run, with N for the multiple. */
export const growthTable = (loads: readonly Load[], command: string): string => {
  const [least] = loads
  const growth = (load: Load, value: Line[1]): string =>
    least && value(least) > 0 ? `${(value(load) / value(least)).toFixed(1)} ×` : ''
  return [
    '# How the load grows',
    '',
    'Made by `npm run growth` on 2 cores and 24 GiB, load generator and twin side by side:',
    '',
    `    ${command}`,
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
