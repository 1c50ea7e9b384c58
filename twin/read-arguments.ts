import { parseArgs } from 'node:util'
import { type Defect, type DefectKind, defectKinds } from '../model/defect.ts'
import { type Workers, workersSchema } from '../model/workers.ts'
import { usualLifetimeS } from './http/access-tokens.ts'

/** What a process of the twin is told on its command line. */
export interface ProcessArguments {
  readonly name: string
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly seed: number
  readonly tokenLifetimeS: number
  readonly defects: readonly Defect[]
  /** How much it can do; as much as the machine when absent. */
  readonly workers?: Workers
  /** Origins of what `recup` asks. */
  readonly prescriptions: string
  readonly identity: string
  /** Whether another process was in its place before and died. */
  readonly isRestarted: boolean
}

/** Throws an Error that says what was expected. */
export const readArguments = (args: readonly string[]): ProcessArguments => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.' },
      seed: { type: 'string', default: '0' },
      'token-lifetime': { type: 'string', default: String(usualLifetimeS) },
      workers: { type: 'string' },
      defect: { type: 'string', multiple: true, default: [] },
      prescriptions: { type: 'string', default: 'http://127.0.0.1:8081' },
      identity: { type: 'string', default: 'http://127.0.0.1:8087' },
      restarted: { type: 'boolean', default: false },
    },
  })
  const { host, prescriptions, identity } = values
  return {
    name: positionals[0] ?? '',
    port: Number(values.port),
    host,
    dataDir: values.data,
    seed: Number(values.seed),
    tokenLifetimeS: Number(values['token-lifetime']),
    defects: values.defect.map(readDefect),
    ...(values.workers !== undefined && { workers: workersSchema.parse(JSON.parse(values.workers)) }),
    prescriptions,
    identity,
    isRestarted: values.restarted,
  }
}

const isDefectKind = (name: string): name is DefectKind => Object.hasOwn(defectKinds, name)

/** Reads `KIND=SHARE`. Throws an Error that says what was expected. */
export const readDefect = (text: string): Defect => {
  const [kind = '', share] = text.split('=')
  const shareRatio = Number(share)
  if (isDefectKind(kind) && shareRatio >= 0 && shareRatio <= 1) return { kind, shareRatio }
  throw new Error(`expected --defect KIND=SHARE with a share of 0 to 1, got ${text}`)
}
