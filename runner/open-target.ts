import { randomBytes } from 'node:crypto'
import { DicomwebClient } from '../clients/dicomweb-client.ts'
import { type Fetch, fetchOf } from '../clients/fetch-of.ts'
import { FhirClient } from '../clients/fhir-client.ts'
import { type Authorize, authorizer, type Environment, secret } from '../clients/token.ts'
import type { Defect } from '../model/defect.ts'
import { Failure } from '../model/failure.ts'
import type { SystemName } from '../model/system.ts'
import { type Target, targetSchema } from '../model/target.ts'
import type { Launch } from '../twin/start-process.ts'
import { startTwin } from '../twin/start-twin.ts'
import type { Twin } from '../twin/twin.ts'
import type { TwinOptions } from '../twin/twin-options.ts'
import { guardTarget } from './guard-rails.ts'
import { type EmbeddedTarget, isEmbedded } from './read-target.ts'
import type { TargetClients } from './target-clients.ts'

export interface OpenOptions {
  readonly env: Environment
  /** Only for the embedded target. */
  readonly defects: readonly Defect[]
  /** Fixes which operations the defects spoil. */
  readonly seed?: number
  /** Systems that are needed. Of the embedded target only these are started. */
  readonly systems: readonly SystemName[]
  /** Where the twin keeps its databases; in containers: a path inside. */
  readonly dataDir: string
  /** How its processes are started, where they are not this machine's own. */
  readonly launch?: Launch
  readonly ports?: Readonly<Partial<Record<SystemName, number>>>
  /** How the embedded target is made when it is to be broken on purpose. */
  readonly breakable?: Pick<TwinOptions, 'via' | 'replicas' | 'restartAfterMs' | 'caFile'>
}

/** A target ready for use: reachable addresses, clients, and the secrets that its own variables name. */
export interface OpenTarget {
  readonly target: Target
  /** Variables for k6; the only place where secrets travel. */
  readonly secrets: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
  clients(signal: AbortSignal): TargetClients
  /** The processes of the embedded target. */
  readonly twin?: Twin
  /** Stops what was started for it; nothing for a target that was there before. */
  close(): Promise<void>
}

/** Starts the twin for the embedded target, or checks the guard rails of another. No request is sent before that. */
export const openTarget = async (target: Target | EmbeddedTarget, options: OpenOptions): Promise<OpenTarget> => {
  if (isEmbedded(target)) return openTwin(target as EmbeddedTarget, options)
  const [defect] = options.defects
  if (defect) {
    throw new Failure(
      'usage',
      `expected --defect only on the embedded target, got ${defect.kind} on ${target.name}`,
      'leave --defect out',
    )
  }
  const given = target as Target
  guardTarget(given)
  mustHave(given, options.systems)
  const secrets = secretsOf(given, options.env)
  return { ...usable(given, secrets, await fetchOf(given)), versions: {}, close: async () => {} }
}

/** Prescriptions may lie in recup itself; what moves cannot stay where it is. */
const mustHave = (target: Target, wanted: readonly SystemName[]): void => {
  const { archive, imaging } = target.systems
  if (wanted.includes('archive') && archive && archive.baseUrl === imaging?.baseUrl) {
    throw new Failure(
      'usage',
      `expected systems.archive and systems.imaging of ${target.name} to be two archives, got ${archive.baseUrl} twice`,
      'correct the baseUrl of one of them in its YAML file',
    )
  }
  const missing = wanted.filter((name) => name !== 'prescriptions' && !target.systems[name])
  if (missing.length === 0) return
  throw new Failure(
    'usage',
    `expected the target ${target.name} to have ${missing.join(', ')}, got ${Object.keys(target.systems).join(', ') || 'no system'}`,
    `add systems.${missing[0]}.baseUrl to its YAML file, or choose a scenario that does without`,
  )
}

const twinCredentials = {
  clientIdEnv: 'COLLAUDO_TWIN_CLIENT_ID',
  clientSecretEnv: 'COLLAUDO_TWIN_CLIENT_SECRET',
} as const

const openTwin = async (
  { workers, ...embedded }: EmbeddedTarget,
  { env: _, ...options }: OpenOptions,
): Promise<OpenTarget> => {
  const credentials = { clientId: 'collaudo', clientSecret: randomBytes(16).toString('hex') }
  const { breakable, ...given } = options
  const twin = await startTwin({ ...given, ...breakable, workers, credentials })
  const target = targetSchema.parse({
    ...embedded,
    allowedHosts: ['127.0.0.1'],
    systems: Object.fromEntries(twin.systems.map((name) => [name, { baseUrl: twin.at(name).baseUrl }])),
    auth: { kind: 'client-credentials', tokenUrl: twin.tokenUrl, ...twinCredentials },
    tokenLeewayMs: 0,
  })
  const secrets = {
    [twinCredentials.clientIdEnv]: credentials.clientId,
    [twinCredentials.clientSecretEnv]: credentials.clientSecret,
  }
  return { ...usable(target, secrets), versions: twin.versions, twin, close: () => twin.stop() }
}

const secretsOf = ({ auth, headers }: Target, env: Environment): Readonly<Record<string, string>> => {
  const ofAuth =
    auth.kind === 'none' ? [] : auth.kind === 'bearer' ? [auth.tokenEnv] : [auth.clientIdEnv, auth.clientSecretEnv]
  return Object.fromEntries([...ofAuth, ...Object.values(headers)].map((name) => [name, env[name] ?? '']))
}

const usable = (target: Target, secrets: Readonly<Record<string, string>>, send: Fetch = fetch) => {
  const headers = Object.fromEntries(
    Object.entries(target.headers).map(([name, variable]) => [name, secret(secrets, variable)]),
  )
  const authorization = authorizer(target.auth, secrets, { now: Date.now, fetch: send })
  const authorize: Authorize = async (refused) => ({ ...headers, ...(await authorization(refused)) })
  return {
    target,
    secrets,
    clients: (signal: AbortSignal): TargetClients => {
      const options = (system: SystemName) => ({
        baseUrl: baseUrlOf(target, system),
        authorize,
        timeoutMs: target.requestTimeoutMs,
        signal,
        fetch: send,
      })
      return {
        fhir: (system) => new FhirClient(options(system)),
        images: (system) => new DicomwebClient(options(system)),
      }
    },
  }
}

const baseUrlOf = ({ name, systems }: Target, system: SystemName): string => {
  const found = systems[system] ?? (system === 'prescriptions' ? systems.recup : undefined)
  if (found) return found.baseUrl
  throw new RangeError(`expected the target ${name} to have ${system}, got ${Object.keys(systems).join(', ')}`)
}
