import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Standing } from '../model/component.ts'
import type { DefectKind } from '../model/defect.ts'
import { systemNames } from '../model/system.ts'
import { defectArgs } from './defect-args.ts'
import { replicasOf, startGroup } from './start-group.ts'
import type { Supervised } from './supervise.ts'
import { type ReachedGroup, type Twin, twinOf } from './twin.ts'
import type { TwinOptions } from './twin-options.ts'

/**
 * Starts the embedded target: `identity`, which gives tokens, and a process per system. Throws a Failure when a port is taken
 * or an option cannot apply (`usage`), or when a process dies (`crashed`).
 */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const { systems = systemNames, credentials, via, dataDir, launch } = options
  // Its processes never make it: one that outlives a killed run for a moment would make it again.
  if (!launch) await mkdir(dataDir, { recursive: true })
  for (const name of systems) replicasOf(name, options)
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
    const clientOrigin = via ? await via(`clients→${name}`, group.peerOrigin) : group.origin
    groups.set(name, { ...group, clientOrigin })
  }
  const wayOut = async (to: Standing): Promise<readonly string[]> => {
    const origin = groups.get(to)?.peerOrigin
    if (origin === undefined) return []
    return [`--${to}`, via ? await via(`recup→${to}`, origin) : origin]
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
  const { tokenLifetimeS, dataDir, workers } = options
  const lifetime = tokenLifetimeS === undefined ? [] : ['--token-lifetime', String(tokenLifetimeS)]
  if (name === 'identity') return lifetime
  const able = workers?.[name]
  return [
    '--data',
    dataDir,
    ...lifetime,
    ...(able ? ['--workers', JSON.stringify(able)] : []),
    ...defectArgs(options, name === 'prescriptions' ? ofPrescriptions : undefined),
  ]
}
