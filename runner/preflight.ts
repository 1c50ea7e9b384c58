import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import type { FhirAnswer, FhirClient } from '../clients/fhir-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import type { DicomwebService } from '../generators/journey-needs.ts'
import { Failure } from '../model/failure.ts'
import { type FhirSystemName, isImageSystem, type SystemName } from '../model/system.ts'
import { type Offers, offersOf } from './offers.ts'
import type { TargetClients } from './target-clients.ts'

/** A server that has answered: what it is, and what it offers. */
export interface Server {
  /** Name and version, as far as it says. */
  readonly software: string
  /** Undefined where it does not say. */
  readonly offers: Offers | undefined
}

export type Reached = Readonly<Partial<Record<SystemName, Server>>>

/** A search that each system must be able to answer. */
const probes = {
  recup: 'Slot?_count=1',
  prescriptions: 'ServiceRequest?_count=1',
  emergency: 'Encounter?_count=1',
  reports: 'DocumentReference?_count=1',
  telemedicine: 'Encounter?_count=1',
} as const satisfies Record<FhirSystemName, string>

/**
 * Asks a FHIR server for its capability statement and for one search with credentials, so that a target that is down, hangs,
 * answers HTML or refuses the credentials is told before anything is loaded. Throws a usage Failure.
 */
export const preflight = async (system: FhirSystemName, client: FhirClient): Promise<Server> => {
  const metadata = await reached(system, client, 'metadata')
  if (metadata.status !== 200 || metadata.body?.resourceType !== 'CapabilityStatement') {
    throw unfit(`a CapabilityStatement from metadata of ${system}`, client, metadata)
  }
  const search = await reached(system, client, probes[system])
  if (search.status !== 200 || search.body?.resourceType !== 'Bundle') {
    throw unfit(`a Bundle from ${probes[system]} of ${system}`, client, search)
  }
  const { software } = metadata.body
  return {
    software: `${software?.name ?? 'unknown'} ${software?.version ?? ''}`.trim(),
    offers: offersOf(metadata.body),
  }
}

/** The same of an image archive: a search for studies. Its software does not say what it is, and what it does is tried. */
export const preflightImages = async (system: SystemName, client: DicomwebClient): Promise<Server> => {
  const found = await answered(system, client, () => client.find('studies?limit=1'))
  if (![200, 204].includes(found.status) || !Array.isArray(found.json)) {
    throw unfit(`a list of studies from studies?limit=1 of ${system}`, client, found)
  }
  const retrieved = await answered(system, client, () => client.find(`studies/${nobody}/metadata`))
  const stored = await answered(system, client, () =>
    client.store('multipart/related; boundary=none', new Uint8Array()),
  )
  const services: readonly DicomwebService[] = [
    'search',
    ...(notServed.includes(retrieved.status) ? [] : ['retrieve' as const]),
    ...([...notServed, 404].includes(stored.status) ? [] : ['store' as const]),
  ]
  return { software: 'DICOMweb', offers: { kind: 'dicomweb', services } }
}

/** A study that nobody has made, by the arc for UUIDs: asked for it an archive answers 404. */
const nobody = '2.25.1'

/** Method not allowed, and not implemented. */
const notServed: readonly number[] = [405, 501]

const reached = (system: string, client: FhirClient, path: string): Promise<FhirAnswer> =>
  answered(system, client, () => client.get(path))

type Reachable = Pick<FhirClient, 'baseUrl'>

const answered = async <T>(system: string, client: Reachable, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure) throw error
    const got = noAnswer(error)
    throw new Failure(
      'usage',
      `expected ${system} at ${client.baseUrl}, got ${got}`,
      /CERT|SIGNATURE/.test(got)
        ? 'renew its certificate; or, where an authority of your own has signed it, name its file in tls.caFile of the target’s YAML'
        : 'start the target, or correct the baseUrl in its YAML',
    )
  }
}

const unfit = (wanted: string, client: Reachable, { status, text }: Pick<FhirAnswer, 'status' | 'text'>): Failure =>
  new Failure(
    'usage',
    `expected ${wanted} at ${client.baseUrl}, got ${status} ${text.replace(/\s+/g, ' ').slice(0, 80)}`,
    status === 401 || status === 403
      ? 'check the credentials that the target names'
      : 'check the baseUrl in the target’s YAML',
  )

/** The same of several systems. */
export const preflightAll = async (systems: readonly SystemName[], clients: TargetClients): Promise<Reached> => {
  const reached: Partial<Record<SystemName, Server>> = {}
  for (const system of systems)
    reached[system] = isImageSystem(system)
      ? await preflightImages(system, clients.images(system))
      : await preflight(system, clients.fhir(system))
  return reached
}

/** Name and version of each. */
export const versionsOf = (reached: Reached): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(reached).map(([system, { software }]) => [system, software]))
