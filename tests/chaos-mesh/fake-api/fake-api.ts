import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Answer, answers, refusal } from './answers.ts'
import type { IdleClock } from './idle-clock.ts'
import { OtherObjects, review, reviews } from './other-objects.ts'
import { type Json, type RecordedEvent, type Recording, recordings } from './recording.ts'
import { type Act, type Misbehaviour, Replay } from './replay.ts'
import { Watches } from './watches.ts'

interface Stored {
  readonly object: Json
  readonly replay: Replay
  readonly recording: Recording | undefined
}

interface Rule {
  readonly matches: RegExp
  readonly answer: Answer | 'drop'
  times: number
}

/** An API server on loopback whose objects live as they did on a real one. */
export class FakeApi {
  readonly requests: string[] = []
  readonly sockets = new Set<Socket>()
  /** How many sockets there ever were. */
  accepted = 0
  misbehaviour: Misbehaviour = 'none'
  /** Recordings of objects that have another name now. */
  readonly plays = new Map<string, string>()
  /** How far its clock is ahead, ms. */
  skewMs = 0
  origin = ''

  readonly watches: Watches
  readonly others = new OtherObjects()
  readonly #clock: IdleClock
  readonly #end = new AbortController()
  readonly #objects = new Map<string, Stored>()
  #rules: Rule[] = []
  #server: Server | undefined
  #version = 100
  #inProgress = 0

  constructor(clock: IdleClock) {
    this.#clock = clock
    this.watches = new Watches(clock)
    clock.standWhile(() => this.#inProgress > 0)
  }

  /** Answers on the port that it had before, where it had one. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#serve(request, response))
    server.on('connection', (socket) => {
      this.sockets.add(socket)
      this.accepted++
      socket.on('close', () => this.sockets.delete(socket))
    })
    const port = this.origin === '' ? 0 : Number(new URL(this.origin).port)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    // A server that listens has an address of this form.
    const address = server.address() as AddressInfo
    this.origin = `http://127.0.0.1:${address.port}`
    this.#server = server
  }

  /** Breaks every connection off and answers no more; its objects live on. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve))
    this.#server?.closeAllConnections()
    await closed
  }

  async close(): Promise<void> {
    this.#end.abort()
    await this.stop()
  }

  /** The next requests whose method and address match are answered so, or dropped after they were done. */
  refuse(matches: RegExp, answer: Answer | 'drop', times = 1): void {
    this.#rules.push({ matches, answer, times })
  }

  /** Watches are told 410. */
  forget(): void {
    this.watches.forget(this.#version + 1)
  }

  /** Puts an object there that no recording tells of. */
  put(collection: string, object: Json): void {
    this.#objects.set(`${collection}/${object.metadata.name}`, { object, replay: new Replay(), recording: undefined })
  }

  get objects(): readonly Json[] {
    return [...this.#objects.values()].map(({ object }) => object)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`
    this.requests.push(line)
    this.#inProgress++
    response.sendDate = false
    response.setHeader('date', new Date(this.#clock.nowUnixMs() + this.skewMs).toUTCString())
    try {
      const body = await bodyOf(request)
      const rule = ruleFor(request) ?? this.#rules.find(({ matches, times }) => times > 0 && matches.test(line))
      if (rule !== undefined) rule.times--
      if (rule?.answer === 'drop') {
        this.#answer(request, body)
        response.destroy()
      } else if (rule === undefined && line.includes('watch=true')) this.#watch(request, response)
      else await finish(response, rule?.answer ?? this.#answer(request, body))
    } finally {
      this.#inProgress--
    }
  }

  #answer(request: IncomingMessage, body: unknown): Answer {
    const url = new URL(request.url ?? '', this.origin)
    const path = url.pathname
    if (path.endsWith('/events')) return this.#events(url)
    if (!path.startsWith('/apis/chaos-mesh.org/')) {
      return this.others.answer({ method: request.method ?? '', path, query: url.searchParams, body })
    }
    const [collection, name] = partsOf(path)
    if (request.method === 'POST') return this.#create(collection, body as Json, url.searchParams.has('dryRun'))
    if (name === undefined) return this.#list(collection, url.searchParams)
    const stored = this.#objects.get(`${collection}/${name}`)
    if (stored === undefined) return refusal(404, `"${name}" not found`, name)
    const asked = (body ?? {}) as { preconditions?: { uid?: string }; metadata?: Partial<Json['metadata']> }
    const uid = asked.preconditions?.uid ?? asked.metadata?.uid
    if (uid !== undefined && uid !== stored.object.metadata.uid) {
      return refusal(409, `Precondition failed: UID in precondition: ${uid}`, name)
    }
    if (request.method === 'DELETE') return this.#delete(collection, stored)
    if (request.method === 'PATCH') return this.#patch(stored, asked.metadata?.annotations ?? {})
    return { status: 200, body: stored.object }
  }

  #create(collection: string, object: Json, isDryRun: boolean): Answer {
    const { name } = object.metadata
    const key = `${collection}/${name}`
    if (this.#objects.has(key)) return refusal(409, `"${name}" already exists`, name)
    const recording = recordings.get(this.plays.get(name) ?? name)
    const first = recording?.events[0]
    if (recording === undefined || first === undefined) return refusal(500, `expected a recording of ${name}`)
    if (isDryRun) return { status: 201, body: first.object }
    const replay = new Replay()
    const { annotations, labels } = object.metadata
    const emit = (event: RecordedEvent) => {
      const merged = { ...annotations, ...event.object.metadata.annotations }
      const metadata = {
        ...event.object.metadata,
        name,
        ...(labels && { labels }),
        annotations: merged,
        resourceVersion: String(++this.#version),
      }
      const now = { ...event, object: { ...event.object, metadata } }
      if (event.type === 'DELETED') this.#objects.delete(key)
      else this.#objects.set(key, { object: now.object, replay, recording })
      this.watches.tell(this.#version, collection, now)
    }
    const { misbehaviour } = this
    void replay.play(recording, { clock: this.#clock, signal: this.#end.signal, misbehaviour, emit })
    const made = { ...first.object, metadata: { ...first.object.metadata, ...object.metadata } }
    this.#objects.set(key, { object: made, replay, recording })
    return { status: 201, body: made }
  }

  #delete(collection: string, { object, replay, recording }: Stored): Answer {
    replay.ask('delete')
    if (recording === undefined) {
      this.#objects.delete(`${collection}/${object.metadata.name}`)
      this.watches.tell(this.#version, collection, { at: 0, type: 'DELETED', object: this.#next(object) })
    }
    return { status: 200, body: object }
  }

  #patch({ object, replay }: Stored, annotations: Readonly<Record<string, string | null>>): Answer {
    for (const [key, value] of Object.entries(annotations)) replay.ask(actOf(key, value))
    return { status: 200, body: object }
  }

  #next(object: Json): Json {
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } }
  }

  #list(collection: string, query: URLSearchParams): Answer {
    const name = nameIn(query)
    const labels = (query.get('labelSelector') ?? '').split(',').filter((one) => one !== '')
    const items = [...this.#objects]
      .filter(([key]) => isIn(key.slice(0, key.lastIndexOf('/')), collection))
      .map(([, { object }]) => object)
      .filter(({ metadata }) => name === undefined || metadata.name === name)
      .filter(({ metadata }) =>
        labels.every((label) => metadata.labels?.[label.split('=')[0] ?? ''] === label.split('=')[1]),
      )
      .map(({ kind: _, ...item }) => item)
    return { status: 200, body: { metadata: { resourceVersion: String(this.#version) }, items } }
  }

  #events(url: URL): Answer {
    const uid = (url.searchParams.get('fieldSelector') ?? '').split('=')[1]
    const found = [...this.#objects.values()].find(({ object }) => object.metadata.uid === uid)
    return { status: 200, body: { metadata: {}, items: found?.recording?.coreEvents ?? [] } }
  }

  #watch(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', this.origin)
    const [collection] = partsOf(pathname)
    const since = Number(searchParams.get('resourceVersion'))
    const timeoutSeconds = Number(searchParams.get('timeoutSeconds'))
    this.watches.open({ collection, name: nameIn(searchParams), response, since, timeoutSeconds })
  }
}

/** By who asks: everybody may ask for the version and for what he may. */
const ruleFor = ({ headers, url = '' }: IncomingMessage): Rule | undefined => {
  const as = (answer: Answer): Rule => ({ matches: /./, answer, times: 1 })
  switch (headers.authorization) {
    case 'Bearer nobody':
      if (url === '/version') return undefined
      return as(url === reviews ? review(false) : answers.forbidden)
    case 'Bearer expired':
      return as(answers.unauthorized)
    default:
      return undefined
  }
}

const actOf = (key: string, value: string | null): Act =>
  key.includes('cleanFinalizer') ? 'force' : value === null ? 'resume' : 'pause'

const nameIn = (query: URLSearchParams): string | undefined =>
  /^metadata\.name=(.+)$/.exec(query.get('fieldSelector') ?? '')?.[1]

/** `…/namespaces/shop/podchaos` and the name after it, or `…/podchaos` of all namespaces. */
const partsOf = (path: string): readonly [string, string | undefined] => {
  const [, version, , namespace, plural = '', name] =
    /^(\/apis\/[^/]+\/[^/]+)(?:(\/namespaces\/([^/]+)))?\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
  return [`${version}/${namespace === undefined ? '' : `namespaces/${namespace}/`}${plural}`, name]
}

const isIn = (collection: string, asked: string): boolean =>
  collection === asked || (!asked.includes('/namespaces/') && collection.split('/').at(-1) === asked.split('/').at(-1))

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) text += chunk
  return text === '' ? undefined : JSON.parse(text)
}

const finish = (response: ServerResponse, { status, body, headers = {} }: Answer): Promise<void> => {
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/plain' : 'application/json',
    ...headers,
  })
  return new Promise((resolve) => response.end(typeof body === 'string' ? body : JSON.stringify(body), resolve))
}
