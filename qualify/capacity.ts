import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CapacityRecord, capacityRecordSchema, type SystemFlow, type Trial } from '../model/capacity-record.ts'
import type { SystemName } from '../model/system.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

const workers = { count: 4, serviceMs: 50 }
/** What so many workers can do. */
const capacityPerSecond = (workers.count * 1000) / workers.serviceMs

/** The embedded target with a system that can do so much and no more. */
const targetWith = async (system: SystemName): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'collaudo-workers-')), 'workers.yaml')
  const target = { schemaVersion: 1, name: 'embedded', environment: 'embedded', workers: { [system]: workers } }
  await writeFile(file, JSON.stringify(target))
  return file
}

/** A stream of one system, and from which scale on its limit is looked for. */
interface Subject {
  readonly scenario: string
  readonly stream: string
  readonly system: SystemName
  readonly fromScale: number
}

const measurements: Subject = { scenario: 'digital-services', stream: 'home', system: 'telemedicine', fromScale: 80 }
const providers: Subject = { scenario: 'recup-day', stream: 'partners', system: 'recup', fromScale: 4 }

const within = '5m'

const searched = async ({ scenario, stream, system, fromScale }: Subject, seed = 1): Promise<CapacityRecord> => {
  const search = ['--from-scale', String(fromScale), '--max-scale', String(16 * fromScale), '--within', within]
  const options = ['--streams', stream, '--squeeze', '20s', '--seed', String(seed), ...search]
  const { stdout, stderr } = await collaudo([
    'capacity',
    scenario,
    ...options,
    '--target',
    await targetWith(system),
    '--json',
  ])
  if (stdout === '') throw new Error(`expected the record of a search, got\n${stderr}`)
  return capacityRecordSchema.parse(JSON.parse(stdout))
}

const minutesOf = ({ startedAt, endedAt }: CapacityRecord): number =>
  (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000

const flowOf = ({ systems }: Trial, system: SystemName): SystemFlow | undefined =>
  systems.find((one) => one.system === system)

/** As many as each journey made in the trials that were followed. */
const requestsPerJourney = ({ search: { trials } }: CapacityRecord, system: SystemName): number => {
  const followed = trials.filter(({ followsLoad }) => followsLoad === 'yes')
  const requests = followed.reduce((sum, trial) => sum + (flowOf(trial, system)?.goodPerSecond ?? 0), 0)
  return requests / followed.reduce((sum, { completedPerSecond }) => sum + completedPerSecond, 0)
}

/** The breakpoint as it was found, beside the one that is computed from workers, service time and requests of each journey. */
const breakpoint = async (subject: Subject, requestsEach: (record: CapacityRecord) => number): Promise<Figure> => {
  const record = await searched(subject)
  const { breakpoint: found, gateLimit, trials, endedBecause } = record.search
  const requests = requestsEach(record)
  const computed = (capacityPerSecond * 3600) / requests
  const each = Object.values(record.forecast.perHour)[0] ?? 0
  const perHour = found.kind === 'found' ? found.loadRatio * each : 0
  const off = Math.abs(perHour - computed) / computed
  const minutes = minutesOf(record)
  return {
    figure:
      `${perHour.toFixed(0)} an hour found, ${computed.toFixed(0)} computed (${requests.toFixed(2)} requests each): ${(100 * off).toFixed(1)} % off; ` +
      `gate limit ${gateLimit.kind} at × ${'loadRatio' in gateLimit ? gateLimit.loadRatio.toFixed(2) : '–'}; ${trials.length} trials in ${minutes.toFixed(1)} min${endedBecause && `; ${endedBecause}`}`,
    ok: off <= 0.05 && minutes <= 5 && record.search.bottleneck?.system === subject.system,
  }
}

const repeats = async (): Promise<Figure> => {
  const limits: number[] = []
  for (const seed of [1, 2, 3, 4, 5]) {
    const { gateLimit } = (await searched(measurements, seed)).search
    limits.push(gateLimit.kind === 'found' ? gateLimit.loadRatio : 0)
  }
  const spread =
    (Math.max(...limits) - Math.min(...limits)) / (limits.reduce((sum, limit) => sum + limit, 0) / limits.length)
  return {
    figure: `× ${limits.map((limit) => limit.toFixed(1)).join(', ')}: spread ${(100 * spread).toFixed(1)} %`,
    ok: Math.min(...limits) > 0 && spread <= 0.1,
  }
}

/** A search finds what a system can do that is known to do so much. */
export const capacity: Proof = {
  name: 'capacity',
  cases: [
    {
      name: 'measurements at home, 4 workers of 50 ms, a request each',
      limit: 'breakpoint within 5 % of the computed one, in 5 min',
      run: () => breakpoint(measurements, () => 1),
    },
    {
      name: 'operations of private providers, 4 workers of 50 ms, requests as counted',
      limit: 'breakpoint within 5 % of the computed one, in 5 min',
      run: () => breakpoint(providers, (record) => requestsPerJourney(record, providers.system)),
    },
    {
      name: 'gate limit of measurements at home, seeds 1 to 5',
      limit: 'spread at most 10 % of the mean',
      run: repeats,
    },
  ],
}
