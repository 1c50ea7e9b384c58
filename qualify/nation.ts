import { communes } from '../region/people.ts'

/** What was measured of a region's load at one multiple of it. */
export interface LoadPoint {
  readonly factor: number
  readonly requestsPerSecond: number
  readonly rowsPerSecond: number
  readonly bytesPerSecond: number
  readonly k6Cores: number
  readonly k6Bytes: number
}

/** What was measured of the parts that do not grow with the second, but with the day. */
export interface DayParts {
  /** Of one core of the collector. */
  readonly linesPerSecond: number
  readonly linesPerRequest: number
  readonly collectorBytes: number
  readonly diskBytesPerRequest: number
  readonly rowsOfDay: number
  readonly planSeconds: number
  readonly planBytes: number
  readonly loadedPerSecond: number
  readonly resourcesOfDay: number
  /** Of Prometheus. */
  readonly series: number
}

const residents = 60e6
/** Assumption: what a load generator gets in a cloud. */
const runner = { vcpus: 4, memoryBytes: 16e9, busyRatio: 0.7, fullRatio: 0.8, eurPerVcpuHour: 0.05 }

/** How many Lazios a country of so many residents is. */
export const regionsOfNation = (): number =>
  residents / communes.value.reduce((sum, { population }) => sum + population, 0)

/** Least squares: f(x) = a + b·x over the measured multiples, at another one. */
export const extrapolated = (
  points: readonly LoadPoint[],
  of: (point: LoadPoint) => number,
  factor: number,
): number => {
  const mean = (value: (point: LoadPoint) => number) => points.reduce((sum, one) => sum + value(one), 0) / points.length
  const [x, y] = [mean((one) => one.factor), mean(of)]
  const slope =
    points.reduce((sum, one) => sum + (one.factor - x) * (of(one) - y), 0) /
    points.reduce((sum, one) => sum + (one.factor - x) ** 2, 0)
  return y + slope * (factor - x)
}

/** What a load of so many regions takes. */
interface Needs {
  readonly rowsPerSecond: number
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
  readonly k6Cores: number
  readonly k6Bytes: number
  readonly collectorCores: number
  readonly rowsOfDay: number
  readonly planMinutes: number
  readonly planBytes: number
  readonly resourcesOfDay: number
  readonly loadMinutes: number
  readonly requestsOfDay: number
  readonly diskBytes: number
}

/** By the second in a straight line through what was measured, by the day in proportion to its rows. */
const needsOf = (points: readonly LoadPoint[], parts: DayParts, factor: number): Needs => {
  const at = (of: (point: LoadPoint) => number, multiple = factor) => extrapolated(points, of, multiple)
  const requestsPerSecond = at((one) => one.requestsPerSecond)
  const requestsPerRow = at((one) => one.requestsPerSecond, 1) / at((one) => one.rowsPerSecond, 1)
  const requestsOfDay = factor * parts.rowsOfDay * requestsPerRow
  const resourcesOfDay = factor * parts.resourcesOfDay
  return {
    requestsPerSecond,
    rowsPerSecond: at((one) => one.rowsPerSecond),
    bytesPerSecond: at((one) => one.bytesPerSecond),
    k6Cores: at((one) => one.k6Cores),
    k6Bytes: at((one) => one.k6Bytes),
    collectorCores: (requestsPerSecond * parts.linesPerRequest) / parts.linesPerSecond,
    rowsOfDay: factor * parts.rowsOfDay,
    planMinutes: (factor * parts.planSeconds) / 60,
    planBytes: factor * parts.planBytes,
    resourcesOfDay,
    loadMinutes: resourcesOfDay / parts.loadedPerSecond / 60,
    requestsOfDay,
    diskBytes: requestsOfDay * parts.diskBytesPerRequest,
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const count = (value: number): string => Math.round(value).toLocaleString('en')
const tenths = (value: number): string => value.toFixed(1)
const gigabytes = (bytes: number): string => (bytes < 1e9 ? `${count(bytes / 1e6)} MB` : `${tenths(bytes / 1e9)} GB`)
const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`

const lines: readonly (readonly [name: string, text: (needs: Needs) => string, how: string])[] = [
  ['rows a second', (of) => count(of.rowsPerSecond), 'the peak, measured'],
  ['requests a second', (of) => count(of.requestsPerSecond), 'the peak, measured'],
  ['bytes both ways, images small', (of) => `${count(of.bytesPerSecond / 1e6)} MB/s`, 'the peak, measured'],
  ['k6: cores', (of) => tenths(of.k6Cores), 'the peak, measured'],
  ['k6: memory', (of) => gigabytes(of.k6Bytes), 'the peak, measured'],
  [
    'collector: of one core',
    (of) => percent(of.collectorCores),
    'the lines that k6 writes for the requests of bookings',
  ],
  ['rows of a working day', (of) => count(of.rowsOfDay), 'the plan of the day'],
  ['time to plan it', (of) => `${tenths(of.planMinutes)} min`, 'in proportion to its rows'],
  ['memory to plan it', (of) => gigabytes(of.planBytes), 'in proportion to its rows'],
  ['resources to be loaded before it', (of) => count(of.resourcesOfDay), 'the plan of the day'],
  ['time to load them', (of) => `${count(of.loadMinutes)} min`, 'one process, into the twin'],
  ['requests of a working day', (of) => count(of.requestsOfDay), 'as many a row as in the peak'],
  ['disk for its record', (of) => gigabytes(of.diskBytes), 'as of bookings'],
]

/** A page on paper: what a whole country's peak would take, each figure from a slope that was measured here. */
export const nationText = (points: readonly LoadPoint[], parts: DayParts): string => {
  const factor = regionsOfNation()
  const [region, nation] = [needsOf(points, parts, 1), needsOf(points, parts, factor)]
  const runners = Math.ceil(runnersFor(nation))
  const eurPerHour = runners * runner.vcpus * runner.eurPerVcpuHour
  return [
    '## A whole country, on paper',
    '',
    `${count(residents)} residents are ${tenths(factor)} times Lazio. What was measured here at × ${points.map((one) => one.factor).join(', ')} goes on in a straight line (least squares); nothing of it was run.`,
    '',
    row(['', 'the region', 'the country', 'how it grows']),
    row(['---', '---', '---', '---']),
    ...lines.map(([name, text, how]) => row([name, text(region), text(nation), how])),
    row([
      'collector: memory',
      ...twice(gigabytes(parts.collectorBytes)),
      'the same for ten million samples as for one',
    ]),
    row(['series in Prometheus', ...twice(count(parts.series)), 'they count steps and streams, not people']),
    '',
    `**Runners**: ${runners === 1 ? 'one machine' : `${runners} machines`} of ${runner.vcpus} vCPU and ${gigabytes(runner.memoryBytes)} (assumption), at most ${percent(runner.busyRatio)} busy and ${percent(runner.fullRatio)} full, for the country's peak${runners === 1 ? '' : `: \`split --parts ${runners}\``}. An hour is ${eurPerHour.toFixed(2)} EUR at ${runner.eurPerVcpuHour} EUR a vCPU and hour (assumption).`,
    '',
    '**What would break first**, by how often all that one machine has would be needed:',
    '',
    ...brokenFirst(nation),
    '',
    'The assumption under all of it, and the first to be wrong: that a country behaves like Lazios side by side. One national service has one index of patients and slots; what all regions contend for grows faster than a straight line. By how much, [a search for the limit](concepts/capacity.md) on that service alone can tell.',
    '',
  ].join('\n')
}

const twice = (text: string): readonly [string, string] => [text, text]

const runnersFor = ({ k6Cores, k6Bytes }: Needs): number =>
  Math.max(k6Cores / (runner.vcpus * runner.busyRatio), k6Bytes / (runner.memoryBytes * runner.fullRatio))

const loadWithinMinutes = 60

const brokenFirst = (needs: Needs): readonly string[] =>
  [
    { ratio: runnersFor(needs), text: 'one load generator; `split` shares its rows among several' },
    {
      ratio: needs.planBytes / (runner.memoryBytes * runner.fullRatio),
      text: 'the memory of the planner, which draws a whole day at once; plan the hours that are to be run, or squeeze them',
    },
    {
      ratio: needs.collectorCores,
      text: 'the one core that collects; parts on machines apart write files, and `merge` reads them after the load',
    },
    {
      ratio: needs.loadMinutes / loadWithinMinutes,
      text: 'an hour to load patients and agendas in; one process does it, and the target has to take it',
    },
  ]
    .toSorted((a, b) => b.ratio - a.ratio)
    .map(({ ratio, text }, index) => `${index + 1}. × ${tenths(ratio)}: ${text}.`)
