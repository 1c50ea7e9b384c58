import { z } from 'zod'
import { apiVersion, type Kind, pluralOf } from '../kinds.ts'
import type { Manifest } from '../manifest.ts'
import { type Observed, readAs, readObserved } from '../status/observed.ts'
import { answerError } from './answer-error.ts'
import type { ApiAnswer, ApiRequest, ApiStream, Connection } from './connection.ts'

/** Where an object is. */
export interface Address<K extends Kind = Kind> {
  readonly kind: K
  readonly namespace: string
  readonly name: string
}

/** One object, and no later one of the same name. */
export interface Reference<K extends Kind = Kind> extends Address<K> {
  readonly uid: string
}

/** Which objects. */
export interface Choice {
  /** Absent: of all namespaces. */
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** Objects, and the moment that a watch goes on from. */
export interface Listed {
  readonly resourceVersion: string
  readonly objects: readonly Observed[]
}

const list = z.object({ metadata: z.object({ resourceVersion: z.string() }), items: z.array(z.looseObject({})) })

const coreEvents = z.object({
  items: z.array(z.object({ type: z.string().optional(), message: z.string().optional() })),
})

const inWords = ({ kind, namespace, name }: Address): string => `${kind} ${namespace}/${name}`

/** The address of an object. */
export const addressOf = (manifest: Manifest): Address => ({
  kind: manifest.kind,
  namespace: manifest.metadata.namespace,
  name: manifest.metadata.name,
})

/** The calls that this client needs, each one request; they throw what `answerError` says, and never try again. */
export class Objects {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Field names are checked by the server, strictly. A dry run goes through every webhook, and makes nothing. */
  async create(manifest: Manifest, isDryRun: boolean, signal?: AbortSignal): Promise<Observed> {
    const address = addressOf(manifest)
    const query = { fieldValidation: 'Strict', ...(isDryRun && { dryRun: 'All' }) }
    const request = { method: 'POST', path: pathOf({ ...address, name: '' }), query, body: manifest } as const
    return readObserved(await this.#done(`to create ${inWords(address)}`, request, signal))
  }

  async get(address: Address, signal?: AbortSignal): Promise<Observed> {
    const request = { method: 'GET', path: pathOf(address) } as const
    return readObserved(await this.#done(`to give ${inWords(address)}`, request, signal))
  }

  async list(kind: Kind, choice: Choice, signal?: AbortSignal): Promise<Listed> {
    const request = { method: 'GET', path: collectionOf(kind, choice), query: queryOf(choice) } as const
    const { metadata, items } = readAs(list, 'a list', await this.#done(`to list ${kind}`, request, signal))
    // The items of a list do not say what they are.
    const objects = items.map((item) => readObserved({ ...item, apiVersion, kind }))
    return { resourceVersion: metadata.resourceVersion, objects }
  }

  /** Opens a watch of one object. */
  async watch(address: Address, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ApiStream> {
    const { kind, name, namespace } = address
    const choice = { namespace, fieldSelector: `metadata.name=${name}` }
    const found = await this.#connection.stream({
      method: 'GET',
      path: collectionOf(kind, choice),
      query: { ...queryOf(choice), ...query, watch: 'true' },
      signal,
    })
    if ('status' in found) throw answerError(`to watch ${inWords(address)}`, found)
    return found
  }

  /** Changes annotations only: null takes one away. Never another object of the same name. */
  async annotate(reference: Reference, annotations: Readonly<Record<string, string | null>>, signal?: AbortSignal) {
    const body = { metadata: { uid: reference.uid, annotations } }
    const request = { method: 'PATCH', path: pathOf(reference), body } as const
    return readObserved(await this.#done(`to annotate ${inWords(reference)}`, request, signal))
  }

  /** Asks for the deletion. Never of another object of the same name. */
  async delete(reference: Reference, signal?: AbortSignal): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: reference.uid } }
    const request = { method: 'DELETE', path: pathOf(reference), body } as const
    await this.#done(`to delete ${inWords(reference)}`, request, signal)
  }

  /** What Chaos Mesh warned of, in its own words; the events of an object live for an hour. */
  async warnings({ namespace, uid }: Reference, signal?: AbortSignal): Promise<readonly string[]> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`
    const request = { method: 'GET', path, query: { fieldSelector: `involvedObject.uid=${uid}` } } as const
    const answer = await this.#done(`to list events in ${namespace}`, request, signal)
    const { items } = readAs(coreEvents, 'events', answer)
    return items.filter(({ type }) => type === 'Warning').map(({ message = '' }) => message)
  }

  async #done(what: string, request: ApiRequest, signal?: AbortSignal): Promise<unknown> {
    const answer = await this.#connection.send({ ...request, ...(signal && { signal }) })
    if (!isSuccess(answer)) throw answerError(what, answer)
    return answer.body
  }
}

const isSuccess = ({ status }: ApiAnswer): boolean => status >= 200 && status < 300

const collectionOf = (kind: Kind, { namespace }: Choice): string => {
  const inNamespace = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `/apis/${apiVersion}${inNamespace}/${pluralOf(kind)}`
}

const pathOf = ({ kind, namespace, name }: Address): string =>
  `${collectionOf(kind, { namespace })}${name === '' ? '' : `/${encodeURIComponent(name)}`}`

const queryOf = ({ labelSelector, fieldSelector }: Choice) => ({
  ...(labelSelector !== undefined && { labelSelector }),
  ...(fieldSelector !== undefined && { fieldSelector }),
})
