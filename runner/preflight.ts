import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import type { FhirAnswer, FhirClient } from '../clients/fhir-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import { Failure } from '../model/failure.ts'
import { type FhirSystemName, isImageSystem, type SystemName } from '../model/system.ts'
import type { TargetClients } from './target-clients.ts'

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
 * answers HTML or refuses the credentials is told before anything is loaded. Throws a usage Failure. Resolves to its software's name and version.
 */
export const preflight = async (system: FhirSystemName, client: FhirClient): Promise<string> => {
  const metadata = await reached(system, client, 'metadata')
  if (metadata.status !== 200 || metadata.body?.resourceType !== 'CapabilityStatement') {
    throw unfit(`a CapabilityStatement from metadata of ${system}`, client, metadata)
  }
  const search = await reached(system, client, probes[system])
  if (search.status !== 200 || search.body?.resourceType !== 'Bundle') {
    throw unfit(`a Bundle from ${probes[system]} of ${system}`, client, search)
  }
  const { software } = metadata.body
  return `${software?.name ?? 'unknown'} ${software?.version ?? ''}`.trim()
}

/** The same of an image archive: a search for studies. Its software does not say what it is. */
export const preflightImages = async (system: SystemName, client: DicomwebClient): Promise<string> => {
  const found = await answered(system, client, () => client.find('studies?limit=1'))
  if (![200, 204].includes(found.status) || !Array.isArray(found.json)) {
    throw unfit(`a list of studies from studies?limit=1 of ${system}`, client, found)
  }
  return 'DICOMweb'
}

const reached = (system: string, client: FhirClient, path: string): Promise<FhirAnswer> =>
  answered(system, client, () => client.get(path))

type Reachable = Pick<FhirClient, 'baseUrl'>

const answered = async <T>(system: string, client: Reachable, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(
      'usage',
      `expected ${system} at ${client.baseUrl}, got ${noAnswer(error)}`,
      'start the target, or correct the baseUrl in its YAML',
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

/** The same of several systems; resolves to the name and version of each. */
export const preflightAll = async (
  systems: readonly SystemName[],
  clients: TargetClients,
): Promise<Readonly<Record<string, string>>> => {
  const versions: Record<string, string> = {}
  for (const system of systems)
    versions[system] = isImageSystem(system)
      ? await preflightImages(system, clients.images(system))
      : await preflight(system, clients.fhir(system))
  return versions
}
