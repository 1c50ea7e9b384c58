import type { Bundle, FhirResource } from 'fhir/r4.js'
import type { FhirClient } from '../clients/fhir-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import type { Environment } from '../clients/token.ts'
import { peopleTag, structuresTag, systems } from '../generators/fhir/naming.ts'
import { Failure } from '../model/failure.ts'
import { imageSystems, type SystemName } from '../model/system.ts'
import type { Target } from '../model/target.ts'
import { cleanImages } from './clean-images.ts'
import { lockTarget } from './lock.ts'
import { openTarget } from './open-target.ts'
import { systemsOf } from './read-target.ts'

export interface CleanRequest {
  readonly target: Target
  /** Tag of what the run made. */
  readonly namespace: string
  /** Of the run: its people and the structures go too. Without it they stay: other runs may use them. */
  readonly sharedOfSeed: number | undefined
  /** Where locks lie. */
  readonly runsDir: string
  readonly env: Environment
  readonly signal: AbortSignal
  readonly onRemoved: (type: string, removed: number) => void
}

/** Resources removed, by type. */
export type Removed = Readonly<Record<string, number>>

interface Layer {
  readonly system: SystemName
  readonly type: string
  readonly tag: string
}

/** In the order in which servers let them go: what refers to others first. */
const layersOf = ({ namespace, sharedOfSeed }: CleanRequest): readonly Layer[] => [
  { system: 'telemedicine', type: 'Observation', tag: namespace },
  { system: 'telemedicine', type: 'Encounter', tag: namespace },
  { system: 'telemedicine', type: 'Appointment', tag: namespace },
  { system: 'recup', type: 'Appointment', tag: namespace },
  { system: 'recup', type: 'Invoice', tag: namespace },
  { system: 'recup', type: 'Task', tag: namespace },
  { system: 'recup', type: 'Slot', tag: namespace },
  { system: 'recup', type: 'Schedule', tag: namespace },
  { system: 'emergency', type: 'DocumentReference', tag: namespace },
  { system: 'emergency', type: 'DiagnosticReport', tag: namespace },
  { system: 'emergency', type: 'Observation', tag: namespace },
  { system: 'emergency', type: 'ServiceRequest', tag: namespace },
  { system: 'emergency', type: 'Encounter', tag: namespace },
  { system: 'emergency', type: 'Condition', tag: namespace },
  { system: 'prescriptions', type: 'ServiceRequest', tag: namespace },
  { system: 'reports', type: 'DocumentReference', tag: namespace },
  { system: 'reports', type: 'Binary', tag: namespace },
  ...(sharedOfSeed === undefined ? [] : sharedLayers(sharedOfSeed)),
]

const sharedLayers = (seed: number): readonly Layer[] => [
  { system: 'recup', type: 'Patient', tag: peopleTag(seed) },
  { system: 'recup', type: 'Location', tag: structuresTag },
  { system: 'recup', type: 'Organization', tag: structuresTag },
  { system: 'telemedicine', type: 'Patient', tag: peopleTag(seed) },
  { system: 'reports', type: 'Patient', tag: peopleTag(seed) },
  { system: 'emergency', type: 'Patient', tag: peopleTag(seed) },
  { system: 'emergency', type: 'Organization', tag: structuresTag },
]

/**
 * Removes from a target what a run made there, found by its tag. Broken off it is simply run again, and a second time it
 * finds nothing. Throws a Failure naming what the target refused.
 */
export const cleanTarget = async (request: CleanRequest): Promise<Removed> => {
  const { target, runsDir, env, signal, onRemoved } = request
  const unlock = await lockTarget(runsDir, target.name)
  try {
    const systems = systemsOf(target)
    const open = await openTarget(target, { systems, env, defects: [], dataDir: '' })
    const clients = open.clients(signal)
    const removed: Record<string, number> = {}
    for (const layer of layersOf(request).filter(({ system }) => systems.includes(system))) {
      const before = removed[layer.type] ?? 0
      const count = await removeAll(clients.fhir(layer.system), layer, (gone) => onRemoved(layer.type, before + gone))
      removed[layer.type] = before + count
    }
    for (const system of imageSystems.filter((one) => systems.includes(one))) {
      const before = removed['studies'] ?? 0
      const count = await cleanImages(clients.images(system), request.namespace, (gone) =>
        onRemoved('studies', before + gone),
      )
      removed['studies'] = before + count
    }
    return removed
  } finally {
    await unlock()
  }
}

/** Page after page of the first results: what was removed makes room for the next. */
const removeAll = async (client: FhirClient, layer: Layer, onRemoved: (count: number) => void): Promise<number> => {
  const removed = new Set<string>()
  for (;;) {
    const found = await tagged(client, layer)
    if (found.length === 0) return removed.size
    const left = found.filter((id) => !removed.has(id))
    if (left.length === 0) throw unfit(client, `${layer.type}/${found[0]} gone once it is deleted`, 'it still listed')
    for (const id of await remove(client, layer, left)) removed.add(id)
    onRemoved(removed.size)
  }
}

/** Ids of a page of resources with the tag. Each is looked at: a server that does not know `_tag` answers with all it has. */
const tagged = async (client: FhirClient, { type, tag }: Layer): Promise<readonly string[]> => {
  const query = `${type}?_tag=${encodeURIComponent(`${systems.runTag}|${tag}`)}&_count=200`
  const { status, body, text } = await answered(client, () => client.get(query))
  if (status !== 200 || body?.resourceType !== 'Bundle') {
    throw unfit(client, `200 with a Bundle from ${query}`, `${status} ${text}`)
  }
  const resources = ((body as Bundle<FhirResource>).entry ?? []).flatMap(({ resource }) => resource ?? [])
  const strange = resources.find(
    ({ meta }) => !meta?.tag?.some((of) => of.system === systems.runTag && of.code === tag),
  )
  if (strange)
    throw unfit(client, `only resources tagged ${tag} from ${query}`, `${type}/${strange.id} without the tag`)
  return resources.flatMap(({ id }) => id ?? [])
}

/** Those that are gone. What others of its type still refer to is a conflict (409), and goes when they have. */
const remove = async (client: FhirClient, { type }: Layer, ids: readonly string[]): Promise<readonly string[]> => {
  const entry = ids.map((id) => ({ request: { method: 'DELETE' as const, url: `${type}/${id}` } }))
  const { status, body, text } = await answered(client, () =>
    client.transaction({ resourceType: 'Bundle', type: 'batch', entry }),
  )
  if (status !== 200) throw unfit(client, `${ids.length} ${type} to be deleted`, `${status} ${text}`)
  const statuses = ids.map((_, index) => (body as Bundle | undefined)?.entry?.[index]?.response?.status ?? 'no answer')
  const gone = ids.filter((_, index) => /^(2|404|410)/.test(statuses[index] ?? ''))
  const refused = statuses.findIndex(
    (one) => !/^(2|404|410)/.test(one) && (gone.length === 0 || !one.startsWith('409')),
  )
  if (refused >= 0) throw unfit(client, `${type}/${ids[refused]} to be deleted`, statuses[refused] ?? '')
  return gone
}

const answered = async <T>(client: FhirClient, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(client, 'an answer', noAnswer(error))
  }
}

const unfit = ({ baseUrl }: FhirClient, wanted: string, got: string): Failure =>
  new Failure(
    'usage',
    `expected ${wanted} at ${baseUrl}, got ${got}`,
    'look at the log of the target, then run the same command again: it goes on with what is left',
  )
