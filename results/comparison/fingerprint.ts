import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fingerprint } from '../../model/baseline.ts'
import type { Plan, Slice } from '../../model/plan.ts'
import type { RunRecord } from '../../model/run-record.ts'

/** What a run folder says before the load, and who is about to make it. */
export interface Loadable {
  readonly dir: string
  readonly plan: Plan
  readonly experiment: { readonly name: string; readonly faults: readonly unknown[] } | undefined
  readonly target: string
  readonly environment: string
  readonly k6: string
  readonly host: RunRecord['provenance']['host']
}

/** What a run is like. Two runs are compared only where all of this is equal. */
export const fingerprintOf = async ({ dir, plan, experiment, host, ...rest }: Loadable): Promise<Fingerprint> => ({
  scenario: plan.scenario,
  experiment: experiment ? `${experiment.name} ${sha256(JSON.stringify(experiment.faults))}` : 'none',
  target: rest.target,
  environment: rest.environment,
  seed: plan.seed,
  slice: sliceInWords(plan.slice),
  imageSize: plan.imageSize ?? 'none',
  durationMs: plan.durationMs,
  timetables: await sha256OfFiles(
    dir,
    plan.streams.map(({ name }) => `timetable-${name}.tsv`),
  ),
  script: await sha256OfFiles(dir, ['script.js']),
  k6: rest.k6,
  host: `${host.cpus} cores, ${Math.round(host.memoryBytes / 2 ** 30)} GiB, ${host.platform}`,
})

/** What differs, a line each: the field, and both values. */
export const differences = (baseline: Fingerprint, run: Fingerprint): readonly string[] =>
  (Object.keys(baseline) as (keyof Fingerprint)[])
    .filter((field) => baseline[field] !== run[field])
    .map((field) => `${field}: ${baseline[field]} in the baseline, ${run[field]} in the run`)

const sliceInWords = ({ day, fromMs, toMs, days, squeezeMs, fullVolume, scale, replay }: Slice): string =>
  [
    `${day} ${time(fromMs)}-${time(toMs)}`,
    days !== undefined && `${days} days`,
    squeezeMs !== undefined && `squeezed to ${squeezeMs} ms`,
    fullVolume && 'full volume',
    replay && `replay ${replay.sha256.slice(0, 12)}`,
    ...Object.entries(scale).map(([stream, factor]) => `${stream} x ${factor}`),
  ]
    .filter(Boolean)
    .join(', ')

const time = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

const sha256OfFiles = async (dir: string, names: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const name of names) hash.update(await readFile(join(dir, name)))
  return hash.digest('hex').slice(0, 16)
}
