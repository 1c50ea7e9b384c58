import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import type { FhirAnswer, FhirClient } from '../clients/fhir-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import { departmentResource, locationResource, organizationResource } from '../generators/fhir/organization.ts'
import { patientResource } from '../generators/fhir/patient.ts'
import { hasReaders } from '../generators/imaging/archive.ts'
import { runDigits } from '../generators/imaging/uids.ts'
import { Failure } from '../model/failure.ts'
import type { Plan } from '../model/plan.ts'
import type { Agenda } from '../planner/agendas.ts'
import type { Booker, Onlooker, Subject } from '../planner/subject.ts'
import { emergencyDepartments } from '../region/emergency-departments.ts'
import { structures } from '../region/structures.ts'
import type { Numbered } from './numbered-subject.ts'
import { agendaResources } from './prepare-agendas.ts'
import { documentBytes, documentReferences } from './prepare-documents.ts'
import { episodeLayers, type Layers } from './prepare-episodes.ts'
import { type PreparedStudy, prepareImages, studiesToBeRead } from './prepare-images.ts'
import { foundByRow, prescriptionResource } from './prepare-subjects.ts'
import { remoteAppointments, remoteEncounters } from './prepare-televisits.ts'
import type { TargetClients } from './target-clients.ts'

export interface PrepareRequest {
  /** The run folder. */
  readonly dir: string
  readonly plan: Plan
  readonly namespace: string
  readonly clients: TargetClients
  /** Midnight UTC of the day of the run: day 0 of the plan's agendas. */
  readonly dayZeroUnixMs: number
  readonly signal: AbortSignal
  readonly onLoaded: (loaded: number, total: number) => void
}

/** Resources in a bundle, and bundles under way at once. Measured on the twin: more of either is not faster. */
const bundleSize = 250
const concurrency = 4

/**
 * Loads what a plan presupposes, into all systems at once and into each in the order in which servers want it (what is referred to
 * comes first). Every resource has an id of ours and is PUT, so a second time changes nothing and a broken one is simply run again.
 * Throws a Failure that names what a server refused; nothing is under way any more then.
 */
export const prepare = async (given: PrepareRequest): Promise<number> => {
  const refused = new AbortController()
  const request = { ...given, signal: AbortSignal.any([given.signal, refused.signal]) }
  const load = new Loading(request)
  const loads = { recup: bookings, emergency: emergencies, reports: records, telemedicine: televisits, imaging: images }
  const wanted = Object.entries(loads).filter(([system]) => request.plan.systems.some((one) => one === system))
  const ended = wanted.map(([, part]) => part(load, request).catch((error: unknown) => refused.abort(error)))
  await Promise.all(ended)
  refused.signal.throwIfAborted()
  return load.loaded
}

const bookings = async (load: Loading, request: PrepareRequest): Promise<void> => {
  const { dir, namespace } = request
  const recup = request.clients.fhir('recup')
  const agendas = () => linesOf<Agenda>(join(dir, 'agendas.ndjson'))
  const newcomers = (make: (subject: Booker) => FhirResource) =>
    resourcesOf(request, 'booking', (_, subject) => (subject.isKnown ? [] : [make(subject)]))
  await load.all(recup, made(structures.value, organizationResource))
  await load.all(recup, made(structures.value, locationResource))
  await load.all(
    recup,
    newcomers(({ person }) => patientResource(person)),
  )
  await load.all(
    request.clients.fhir('prescriptions'),
    newcomers((subject) => prescriptionResource(namespace, subject)),
  )
  await load.all(recup, agendaResources(request, agendas(), 'Schedule'))
  await load.all(recup, agendaResources(request, agendas(), 'Slot'))
  await load.all(
    recup,
    resourcesOf(request, 'booking', ({ stream, number }, subject) => {
      const found = foundByRow(request, { stream, row: number }, subject)
      return found ? [found] : []
    }),
  )
}

const patient = (_: Numbered, { person }: Exclude<Subject, Onlooker>): readonly FhirResource[] => [
  patientResource(person),
]

const emergencies = async (load: Loading, request: PrepareRequest): Promise<void> => {
  const emergency = request.clients.fhir('emergency')
  await load.all(emergency, made(emergencyDepartments.value, departmentResource))
  await load.layered(emergency, eachOf(request, 'emergency', episodeLayers))
}

/** Bytes come a few at a time: a bundle of documents has megabytes. */
const documentsTogether = 4

const records = async (load: Loading, request: PrepareRequest): Promise<void> => {
  const reports = request.clients.fhir('reports')
  await load.all(reports, resourcesOf(request, 'record', patient))
  await load.all(reports, resourcesOf(request, 'record', documentBytes), documentsTogether)
  await load.all(reports, resourcesOf(request, 'record', documentReferences))
}

const televisits = async (load: Loading, request: PrepareRequest): Promise<void> => {
  const telemedicine = request.clients.fhir('telemedicine')
  await load.all(telemedicine, resourcesOf(request, 'telemedicine', patient))
  await load.all(telemedicine, resourcesOf(request, 'telemedicine', remoteAppointments))
  await load.all(telemedicine, resourcesOf(request, 'telemedicine', remoteEncounters))
}

const images = async (load: Loading, request: PrepareRequest): Promise<void> => {
  const { dir, plan, clients, signal } = request
  const { seed, imageSize = 'full' } = plan
  const client = clients.images
  await prepareImages({ dir, seed, imageSize, client, signal, onStored: () => load.count(1) }, studiesOf(request))
}

/** Those of the archive, those that devices have sent already, and those that will be moved. */
async function* studiesOf({ dir, plan, namespace }: PrepareRequest): AsyncGenerator<PreparedStudy> {
  if (hasReaders(plan.streams)) yield* studiesToBeRead(namespace, plan)
  const run = runDigits(namespace)
  for await (const { stream, number, subject } of subjectsOf({ dir, plan })) {
    if (subject.kind !== 'images' || subject.study === undefined) continue
    const ordinal = plan.streams.findIndex(({ name }) => name === stream)
    // What is moved lies on the old side, and so does what was sent before the writers switch.
    const system = plan.cutoverMs === undefined ? 'imaging' : 'archive'
    const study = { run, stream: ordinal, row: number, nth: 0, seed: subject.study }
    yield { system, study, person: subject.person.index }
  }
}

async function* made<T>(values: readonly T[], make: (value: T) => FhirResource): AsyncGenerator<FhirResource> {
  yield* values.map(make)
}

type SubjectOf<K extends Subject['kind']> = Extract<Subject, { readonly kind: K }>

async function* resourcesOf<K extends Subject['kind']>(
  request: PrepareRequest,
  kind: K,
  make: (of: Numbered, subject: SubjectOf<K>) => readonly FhirResource[],
): AsyncGenerator<FhirResource> {
  for await (const resources of eachOf(request, kind, make)) yield* resources
}

/** What is made for each subject of a kind, in the order of streams and rows. */
async function* eachOf<K extends Subject['kind'], T>(
  { namespace, dayZeroUnixMs, ...request }: PrepareRequest,
  kind: K,
  make: (of: Numbered, subject: SubjectOf<K>) => T,
): AsyncGenerator<T> {
  const isOfKind = (subject: Subject): subject is SubjectOf<K> => subject.kind === kind
  for await (const { stream, number, subject } of subjectsOf(request)) {
    if (isOfKind(subject)) yield make({ namespace, dayZeroUnixMs, stream, number }, subject)
  }
}

/** Every subject of every stream with its number there. */
async function* subjectsOf({ dir, plan }: Pick<PrepareRequest, 'dir' | 'plan'>) {
  for (const { name: stream } of plan.streams) {
    let number = 0
    for await (const subject of linesOf<Subject>(join(dir, `patients-${stream}.ndjson`)))
      yield { stream, number: number++, subject }
  }
}

/** Lines that this program wrote itself. */
async function* linesOf<T>(file: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line)
}

class Loading {
  loaded = 0
  readonly #request: PrepareRequest
  readonly #total: number

  constructor(request: PrepareRequest) {
    this.#request = request
    this.#total = totalOf(request.plan)
  }

  /** Loads resources that do not refer to one another. */
  async all(client: FhirClient, resources: AsyncIterable<FhirResource>, together = bundleSize): Promise<void> {
    await inParallel(gathered(resources, together), (bundle) => this.#send(client, bundle))
  }

  /** Loads some subjects at a time, layer by layer. */
  async layered(client: FhirClient, subjects: AsyncIterable<Layers>): Promise<void> {
    await inParallel(gathered(subjects, bundleSize), async (some) => {
      for (const layer of layersOf(some)) {
        for await (const bundle of gathered(layer, bundleSize)) await this.#send(client, bundle)
      }
    })
  }

  /** So many more are there. */
  count(loaded: number): void {
    this.loaded += loaded
    this.#request.onLoaded(this.loaded, this.#total)
  }

  async #send(client: FhirClient, resources: readonly FhirResource[]): Promise<void> {
    this.#request.signal.throwIfAborted()
    const answer = await this.#answer(client, resources)
    const refused = answer.status === 200 ? refusals(resources, answer.body as Bundle | undefined) : [answer.text]
    if (refused.length > 0) {
      throw notTaken(client, resources, `${answer.status} ${refused.slice(0, 3).join('; ')}`)
    }
    this.count(resources.length)
  }

  async #answer(client: FhirClient, resources: readonly FhirResource[]): Promise<FhirAnswer> {
    try {
      return await client.transaction(batchOf(resources))
    } catch (error) {
      if (error instanceof Failure) throw error
      throw notTaken(client, resources, noAnswer(error))
    }
  }
}

const notTaken = ({ baseUrl }: FhirClient, { length }: readonly FhirResource[], got: string): Failure =>
  new Failure(
    'usage',
    `expected ${baseUrl} to take ${length} resources, got ${got}`,
    'look at the log of the target, then run the same command again: loading twice changes nothing',
  )

const totalOf = ({ dataset, systems }: Plan): number =>
  dataset.organizations +
  (systems.includes('recup') ? structures.value.length : 0) +
  dataset.patients +
  dataset.prescriptions +
  dataset.schedules +
  dataset.slots +
  dataset.appointments +
  dataset.tasks +
  dataset.invoices +
  dataset.encounters +
  2 * dataset.documents +
  dataset.studies +
  dataset.orders

const layersOf = (subjects: readonly Layers[]): Layers =>
  Array.from({ length: Math.max(...subjects.map(({ length }) => length)) }, (_, depth) =>
    subjects.flatMap((layers) => layers[depth] ?? []),
  )

async function* gathered<T>(values: AsyncIterable<T> | Iterable<T>, together: number): AsyncGenerator<readonly T[]> {
  let some: T[] = []
  for await (const value of values) {
    some.push(value)
    if (some.length === together) {
      yield some
      some = []
    }
  }
  if (some.length > 0) yield some
}

const inParallel = async <T>(values: AsyncIterable<T>, work: (value: T) => Promise<void>): Promise<void> => {
  const worker = async () => {
    for await (const value of values) await work(value)
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

const batchOf = (resources: readonly FhirResource[]): Bundle<FhirResource> => ({
  resourceType: 'Bundle',
  type: 'batch',
  entry: resources.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  })),
})

const refusals = (resources: readonly FhirResource[], answer: Bundle | undefined): readonly string[] =>
  resources.flatMap((resource, index) => {
    const status = answer?.entry?.[index]?.response?.status ?? 'no answer'
    return status.startsWith('2') ? [] : [`${resource.resourceType}/${resource.id}: ${status}`]
  })
