import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { Defect } from '../model/defect.ts'
import { Failure } from '../model/failure.ts'
import { type SystemProcess, startSystem } from './start-system.ts'

export interface TwinOptions {
  readonly defects: readonly Defect[]
  /** Folder of the databases; made when it is not there. What an earlier twin left in it is served again. */
  readonly dataDir: string
  /** Free ports when absent. */
  readonly ports?: { readonly recup: number; readonly prescriptions: number }
  /** What clients get their tokens with. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string }
  /** Fixes which operations the defects spoil. */
  readonly seed?: number
  /** Gets the lines that the processes write to stderr. */
  readonly log?: (line: string) => void
}

/** A running twin. */
export interface Twin {
  readonly recup: { readonly baseUrl: string; readonly pid: number }
  readonly prescriptions: { readonly baseUrl: string; readonly pid: number }
  readonly tokenUrl: string
  readonly versions: Readonly<Record<string, string>>
  /** Resolves with what happened when a process dies without `stop`; stays pending otherwise. */
  readonly died: Promise<Failure>
  /** Ends both processes: SIGTERM, then SIGKILL after 3 s. */
  stop(): Promise<void>
}

/** Starts the embedded target, a process per system. Throws a Failure when a port is taken (`usage`) or a process dies (`crashed`). */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const { defects, dataDir, ports, credentials, seed = 0, log = () => {} } = options
  await mkdir(dataDir, { recursive: true })
  const env = {
    TWIN_CLIENT_ID: credentials.clientId,
    TWIN_CLIENT_SECRET: credentials.clientSecret,
    TWIN_LINK_CLIENT_ID: 'recup',
    TWIN_LINK_CLIENT_SECRET: randomBytes(24).toString('base64url'),
  }
  const common = { dataDir, env, log }
  const prescriptions = await startSystem({
    ...common,
    name: 'prescriptions',
    port: ports?.prescriptions ?? 0,
    args: [],
  })
  try {
    const args = ['--prescriptions', prescriptions.origin, '--seed', String(seed), ...defects.flatMap(defectArgs)]
    const recup = await startSystem({ ...common, name: 'recup', port: ports?.recup ?? 0, args })
    return twinOf(recup, prescriptions)
  } catch (error) {
    await prescriptions.stop()
    throw error
  }
}

const defectArgs = ({ kind, shareRatio }: Defect): readonly string[] => ['--defect', `${kind}=${shareRatio}`]

const twinOf = (recup: SystemProcess, prescriptions: SystemProcess): Twin => {
  let isStopping = false
  const died = new Promise<Failure>((resolve) => {
    for (const [name, { exited }] of Object.entries({ recup, prescriptions })) {
      exited.then((how) => {
        const hint = 'the run cannot be judged: start it again'
        if (!isStopping) resolve(new Failure('crashed', `expected ${name} of the twin to run, got ${how}`, hint))
      })
    }
  })
  return {
    recup: { baseUrl: recup.baseUrl, pid: recup.pid },
    prescriptions: { baseUrl: prescriptions.baseUrl, pid: prescriptions.pid },
    tokenUrl: `${recup.origin}/token`,
    versions: recup.versions,
    died,
    async stop() {
      isStopping = true
      await Promise.all([recup.stop(), prescriptions.stop()])
    },
  }
}
