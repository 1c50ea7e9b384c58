import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Defect } from '../model/defect.ts'
import { Failure } from '../model/failure.ts'
import { type SystemName, systemNames } from '../model/system.ts'
import { type SystemProcess, type SystemProcessOptions, startSystem } from './start-system.ts'

export interface TwinOptions {
  /** Systems to start; all when absent. `recup` needs `prescriptions`. */
  readonly systems?: readonly SystemName[]
  readonly defects: readonly Defect[]
  /** Folder of the databases; made when it is not there. What an earlier twin left in it is served again. */
  readonly dataDir: string
  /** A system without one gets a free port. */
  readonly ports?: Readonly<Partial<Record<SystemName, number>>>
  /** What clients get their tokens with. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string }
  /** Fixes which operations the defects spoil. */
  readonly seed?: number
  /** How long tokens are good; five minutes when absent. */
  readonly tokenLifetimeS?: number
  /** Gets the lines that the processes write to stderr. */
  readonly log?: (line: string) => void
}

/** A running twin. */
export interface Twin {
  /** Those that were started, in a fixed order. */
  readonly systems: readonly SystemName[]
  /** Where a system is. Throws a RangeError for one that was not started. */
  at(system: SystemName): { readonly baseUrl: string; readonly pid: number }
  readonly tokenUrl: string
  readonly versions: Readonly<Record<string, string>>
  /** Resolves with what happened when a process dies without `stop`; stays pending otherwise. */
  readonly died: Promise<Failure>
  /** Ends all processes: SIGTERM, then SIGKILL after 3 s. */
  stop(): Promise<void>
}

/** Starts the embedded target, a process per system. Throws a Failure when a port is taken (`usage`) or a process dies (`crashed`). */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const { systems = systemNames, dataDir, ports, credentials, log = () => {} } = options
  await mkdir(dataDir, { recursive: true })
  const env = {
    TWIN_CLIENT_ID: credentials.clientId,
    TWIN_CLIENT_SECRET: credentials.clientSecret,
    TWIN_LINK_CLIENT_ID: 'recup',
    TWIN_LINK_CLIENT_SECRET: randomBytes(24).toString('base64url'),
  }
  const running = new Map<SystemName, SystemProcess>()
  const start = async (name: SystemName): Promise<void> => {
    const common: SystemProcessOptions = { name, port: ports?.[name] ?? 0, dataDir, env, log, args: [] }
    running.set(name, await startSystem({ ...common, args: argsOf(name, options, running) }))
  }
  try {
    for (const name of startOrder.filter((one) => systems.includes(one))) await start(name)
    return twinOf(running)
  } catch (error) {
    await Promise.all([...running.values()].map((process) => process.stop()))
    throw error
  }
}

/** Whoever calls another system is started after it. */
const startOrder = [
  'prescriptions',
  'recup',
  'emergency',
  'reports',
  'telemedicine',
  'imaging',
  'archive',
] as const satisfies readonly SystemName[]

const argsOf = (
  name: SystemName,
  { defects, seed = 0, tokenLifetimeS }: TwinOptions,
  running: ReadonlyMap<SystemName, SystemProcess>,
): readonly string[] => {
  const lifetime = tokenLifetimeS === undefined ? [] : ['--token-lifetime', String(tokenLifetimeS)]
  if (name === 'prescriptions') return lifetime
  const upstream = running.get('prescriptions')?.origin
  return [
    ...lifetime,
    ...(upstream === undefined ? [] : ['--prescriptions', upstream]),
    '--seed',
    String(seed),
    ...defects.flatMap(({ kind, shareRatio }) => ['--defect', `${kind}=${shareRatio}`]),
  ]
}

const twinOf = (running: ReadonlyMap<SystemName, SystemProcess>): Twin => {
  let isStopping = false
  const died = Promise.race(
    [...running].map(async ([name, { exited }]) => {
      const how = await exited
      // A twin that is stopped has not died.
      if (isStopping) return new Promise<never>(() => {})
      const hint = 'the run cannot be judged: start it again'
      return new Failure('crashed', `expected ${name} of the twin to run, got ${how}`, hint)
    }),
  )
  const systems = systemNames.filter((name) => running.has(name))
  const processOf = (name: SystemName | undefined): SystemProcess => {
    const process = name && running.get(name)
    if (process) return process
    throw new RangeError(`expected one of ${systems.join(', ')}, got ${name}`)
  }
  const [first] = systems
  return {
    systems,
    at: (name) => processOf(name),
    // Tokens of one system are good at all.
    tokenUrl: `${processOf(first).origin}/token`,
    versions: processOf(first).versions,
    died,
    async stop() {
      isStopping = true
      await Promise.all([...running.values()].map((process) => process.stop()))
    },
  }
}
