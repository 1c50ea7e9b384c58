import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Standing } from '../model/component.ts'
import type { Defect, DefectKind } from '../model/defect.ts'
import { type SystemName, systemNames } from '../model/system.ts'
import { defectArgs } from './defect-args.ts'
import { replicasOf, startGroup } from './start-group.ts'
import type { Supervised } from './supervise.ts'
import { type ReachedGroup, type Twin, twinOf } from './twin.ts'

export interface TwinOptions {
  /** Systems to start; all when absent. `recup` needs `prescriptions`. */
  readonly systems?: readonly SystemName[]
  readonly defects: readonly Defect[]
  /** Folder of the databases; made when it is not there. What an earlier twin left in it is served again. */
  readonly dataDir: string
  /** What has none gets a free port. */
  readonly ports?: Readonly<Partial<Record<Standing, number>>>
  /** What clients get their tokens with. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string }
  /** Fixes which operations the defects spoil. */
  readonly seed?: number
  /** How long tokens are good; five minutes when absent. */
  readonly tokenLifetimeS?: number
  /** Gets the lines that the processes write to stderr. */
  readonly log?: (line: string) => void
  /**
   * Asked once for every way into a system (`clients→recup`, `recup→identity`; `recup#2` from the balancer to a replica) with the origin where it leads; whoever goes
   * that way is told the origin it gives instead. A proxy stands there, or the way itself when absent.
   */
  readonly via?: (way: string, origin: string) => Promise<string>
  /** Certificates (PEM) that the processes trust beside the usual ones, for ways that are https. */
  readonly caFile?: string
  /** A process that dies without `stop` is started again after this time, as by an orchestrator; never when absent. */
  readonly restartAfterMs?: number
  /** Processes of a FHIR system, on one database, behind a balancer; one without a balancer when absent. */
  readonly replicas?: Readonly<Partial<Record<SystemName, number>>>
}

/**
 * Starts the embedded target: `identity`, which gives tokens, and a process per system. Throws a Failure when a port is taken
 * or an option cannot apply (`usage`), or when a process dies (`crashed`).
 */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const { systems = systemNames, dataDir, credentials, via = async (_, origin) => origin } = options
  for (const name of systems) replicasOf(name, options)
  await mkdir(dataDir, { recursive: true })
  const env = {
    TWIN_CLIENT_ID: credentials.clientId,
    TWIN_CLIENT_SECRET: credentials.clientSecret,
    TWIN_LINK_CLIENT_ID: 'recup',
    TWIN_LINK_CLIENT_SECRET: randomBytes(24).toString('base64url'),
    ...(options.caFile !== undefined && { NODE_EXTRA_CA_CERTS: options.caFile }),
  }
  const started: Supervised[] = []
  const groups = new Map<Standing, ReachedGroup>()
  const start = async (name: Standing, links: readonly string[] = []): Promise<void> => {
    const args = [...argsOf(name, options), ...links]
    const group = await startGroup({ name, args, env, started }, options)
    groups.set(name, { ...group, clientOrigin: await via(`clients→${name}`, group.origin) })
  }
  const wayOut = async (to: Standing): Promise<readonly string[]> => {
    const origin = groups.get(to)?.origin
    return origin === undefined ? [] : [`--${to}`, await via(`recup→${to}`, origin)]
  }
  try {
    await all(['identity' as const, ...systems.filter((name) => name !== 'recup')].map((name) => start(name)))
    if (systems.includes('recup')) {
      await start('recup', (await Promise.all((['prescriptions', 'identity'] as const).map(wayOut))).flat())
    }
    return twinOf(groups, started)
  } catch (error) {
    await Promise.all(started.map((process) => process.stop()))
    throw error
  }
}

/** Waits for all of them, also when one fails: what the others started has to be stopped. */
const all = async (starts: readonly Promise<void>[]): Promise<void> => {
  for (const result of await Promise.allSettled(starts)) if (result.status === 'rejected') throw result.reason
}

/** The other defects are of what journeys do; prescriptions are only read. */
const ofPrescriptions: readonly DefectKind[] = ['slow-recovery', 'lost-on-crash']

const argsOf = (name: Standing, options: TwinOptions): readonly string[] => {
  const { tokenLifetimeS, dataDir } = options
  const lifetime = tokenLifetimeS === undefined ? [] : ['--token-lifetime', String(tokenLifetimeS)]
  if (name === 'identity') return lifetime
  return [
    '--data',
    dataDir,
    ...lifetime,
    ...defectArgs(options, name === 'prescriptions' ? ofPrescriptions : undefined),
  ]
}
