import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { k6Path } from '../../cli/k6-path.ts'
import { parseSlice, type SliceOptions } from '../../cli/parse-options.ts'
import type { Defect } from '../../model/defect.ts'
import type { ImageSize } from '../../model/plan.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { SystemName } from '../../model/system.ts'
import { type Target, targetSchema } from '../../model/target.ts'
import type { DrawnPlan } from '../../planner/drawn-plan.ts'
import { drawPlan } from '../../planner/plan.ts'
import { writeRunFolder } from '../../planner/run-folder.ts'
import { ExpectedImages } from '../../results/expected-images.ts'
import { readLedger } from '../../results/ledger.ts'
import { readCells } from '../../results/read-cells.ts'
import { reconcile } from '../../results/reconcile.ts'
import { k6Environment } from '../../runner/k6-environment.ts'
import { runLoad } from '../../runner/load.ts'
import { type OpenTarget, openTarget } from '../../runner/open-target.ts'
import { prepare } from '../../runner/prepare.ts'
import { dayZeroOf } from '../../runner/prepare-target.ts'
import { startTwin } from '../../twin/start-twin.ts'
import { type Meddle, proxied } from './proxy.ts'

const { signal } = new AbortController()

export interface Walk {
  readonly scenario: Scenario
  readonly slice: SliceOptions
  readonly defects?: readonly Defect[]
  /** In front of every system of the twin. */
  readonly meddle?: Meddle
  /** Of diagnostic images, where the scenario has some. */
  readonly imageSize?: ImageSize
  /** Folder of the twin's data; one that goes with the test when absent. */
  readonly dataDir?: string
  /** How long the twin's tokens are good. */
  readonly tokenLifetimeS?: number
  /** Where the images go in place of the twin. */
  readonly imaging?: string
}

/** A plan, written and loaded into a twin, and the twin behind whatever meddles. Stops with the test. */
export interface Loaded {
  readonly dir: string
  readonly drawn: DrawnPlan
  readonly open: OpenTarget
}

export const loaded = async ({ scenario, slice, imageSize, ...walk }: Walk): Promise<Loaded> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-walk-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const drawn = drawPlan({ scenario, slice: parseSlice(slice, scenario), seed: 1, fiscalCodes: 'marked', imageSize })
  const { plan } = drawn
  await writeRunFolder(dir, drawn)
  const target = await twinOf(plan.systems, { dataDir: join(dir, 'twin'), ...walk })
  const env = { ID: credentials.clientId, SECRET: credentials.clientSecret }
  const open = await openTarget(target, { systems: plan.systems, env, defects: [], dataDir: '' })
  await prepare({
    dir,
    plan,
    namespace: 'ns',
    clients: open.clients(signal),
    dayZeroUnixMs: dayZeroOf(Date.now()),
    signal,
    onLoaded: () => {},
  })
  return { dir, drawn, open }
}

/** What a walk without pauses comes to. */
export const walked = async (walk: Walk) => {
  const { dir, drawn, open } = await loaded(walk)
  const { plan, streams } = drawn
  const { collected, ended } = await runLoad({
    k6: k6Path(process.env),
    dir,
    plan,
    rowsPerStream: Object.fromEntries(streams.map(({ planned, timetable }) => [planned.name, timetable.rows.length])),
    env: { ...k6Environment(open, 'ns'), COLLAUDO_PAUSES: '0' },
    signal,
    onLive: () => {},
  })
  expect(ended).toBe('completed')
  const clients = open.clients(signal)
  const integrity = await reconcile({
    ledger: readLedger(dir),
    clients: Object.fromEntries(plan.systems.map((system) => [system, clients.fhir(system)])),
    images: plan.imageSize && { client: clients.images, expected: new ExpectedImages(dir), size: plan.imageSize },
    t0UnixMs: collected.t0UnixMs ?? 0,
    consistencyWithinMs: 0,
    clock: { now: Date.now, sleep: async () => {} },
    signal,
    limitMs: 60_000,
  })
  return { collected, integrity, measured: await readCells(dir), streams }
}

const credentials = { clientId: 'collaudo', clientSecret: 'a secret' }

const twinOf = async (
  systems: readonly SystemName[],
  {
    dataDir,
    defects = [],
    meddle,
    imaging,
    ...lifetime
  }: Pick<Walk, 'defects' | 'meddle' | 'imaging' | 'tokenLifetimeS'> & { dataDir: string },
): Promise<Target> => {
  const twin = await startTwin({ systems, defects, dataDir, credentials, ...lifetime })
  onTestFinished(() => twin.stop())
  const places: Record<string, { readonly baseUrl: string }> = {}
  for (const name of twin.systems) {
    const { baseUrl } = twin.at(name)
    places[name] = { baseUrl: meddle ? await proxied(baseUrl, meddle) : baseUrl }
  }
  if (imaging !== undefined) places['imaging'] = { baseUrl: imaging }
  return targetSchema.parse({
    schemaVersion: 1,
    name: 'twin',
    tokenLeewayMs: 0,
    environment: 'development',
    allowedHosts: ['127.0.0.1'],
    systems: places,
    auth: {
      kind: 'client-credentials',
      tokenUrl: twin.tokenUrl,
      clientIdEnv: 'ID',
      clientSecretEnv: 'SECRET',
    },
  })
}
