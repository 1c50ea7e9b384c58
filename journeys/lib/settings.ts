import { SharedArray } from 'k6/data'
import type { WalkedPlan, WalkedStream } from '../../generators/walked-plan.ts'
import type { SystemName } from '../../model/system.ts'
import type { TargetAuth, TargetTls } from '../../model/target.ts'

interface NearEnds {
  readonly systems: Readonly<Partial<Record<SystemName, string>>>
  readonly tokenUrl?: string
}

/** What the environment says of the target; secrets stay behind the names in `auth`. */
interface TargetSettings {
  /** Bases of the systems that the plan's journeys call. */
  readonly systems: Readonly<Partial<Record<SystemName, string>>>
  /** Where a stream reaches them, where a line lies in between. */
  readonly nearEnds?: Readonly<Record<string, NearEnds>>
  readonly requestTimeoutMs: number
  /** An acknowledged write is visible after this time. */
  readonly consistencyWithinMs: number
  /** How long a hold lives that nobody books. */
  readonly holdTtlMs: number
  readonly tokenLeewayMs: number
  readonly auth: TargetAuth
  /** Sent with every request to its systems: names, and the variables that hold the values. */
  readonly headers?: Readonly<Record<string, string>>
  readonly tls?: TargetTls
}

const journeysJson = (): WalkedPlan => JSON.parse(open('./journeys.json'))

/** The streams of the plan. Actors share them: each look makes an object anew, and an actor keeps only that of its own. */
export const streams: readonly WalkedStream[] = new SharedArray('streams', () => [...journeysJson().streams])

/** What else is needed of the plan, as it lies beside the script. */
export const plan = new SharedArray('plan', () => {
  const { streams: _, ...rest } = journeysJson()
  return [rest]
})[0] as Omit<WalkedPlan, 'streams'>

const defaultTarget: TargetSettings = {
  systems: {
    recup: 'http://127.0.0.1:8080/fhir',
    emergency: 'http://127.0.0.1:8082/fhir',
    reports: 'http://127.0.0.1:8083/fhir',
    telemedicine: 'http://127.0.0.1:8084/fhir',
    imaging: 'http://127.0.0.1:8085/dicom-web',
    archive: 'http://127.0.0.1:8086/dicom-web',
  },
  requestTimeoutMs: 10_000,
  consistencyWithinMs: 5000,
  holdTtlMs: 300_000,
  tokenLeewayMs: 60_000,
  auth: { kind: 'none' },
}

export const target: TargetSettings = __ENV.COLLAUDO_TARGET ? JSON.parse(__ENV.COLLAUDO_TARGET) : defaultTarget

/** Base of a system for those of a stream; throws for one that the target has not got. */
export const baseUrlOf = (system: SystemName, stream: string): string => {
  const baseUrl = target.nearEnds?.[stream]?.systems[system] ?? target.systems[system]
  if (baseUrl === undefined) throw new Error(`expected a target with the system ${system}, got none`)
  return baseUrl
}

/** Prefix of all that the run makes on the target. */
export const namespace: string = __ENV.COLLAUDO_NAMESPACE ?? plan.fingerprint.slice(0, 8)

/** Processes that share the rows. */
export const parts = Number(__ENV.COLLAUDO_PARTS ?? 1)

/** Whether they are on machines apart, and tell who they are and when they have ended. */
export const isApart: boolean = __ENV.COLLAUDO_APART === '1'

/** One row of each stream, at once and without thinking, with the subject kept for it. */
export const isSmoke: boolean = __ENV.COLLAUDO_SMOKE === '1'

/** Whether people think between steps; benchmarks and the smoke run do not wait for them. */
export const hasPauses: boolean = !isSmoke && __ENV.COLLAUDO_PAUSES !== '0'

/**
 * Time between k6's setup and the run's zero. Within it actors start, and take in the journeys of their first rows: 1 ms of
 * a processor each.
 */
export const leadMs = (): number => (isSmoke ? 0 : 1000 + streams.reduce((actors, { pool }) => actors + pool, 0))

/** The run's zero, Unix ms: given, when several load generators share a run. */
export const zeroUnixMs = (): number => Number(__ENV.COLLAUDO_T0_UNIX_MS ?? Date.now() + leadMs())
