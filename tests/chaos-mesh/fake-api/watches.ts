import type { ServerResponse } from 'node:http'
import type { Clock } from '../../../chaos-mesh/clock.ts'
import { answers } from './answers.ts'
import type { RecordedEvent } from './recording.ts'

interface Watcher {
  readonly collection: string
  readonly name: string | undefined
  readonly response: ServerResponse
}

/** What a watch is opened with. */
export interface WatchRequest extends Watcher {
  readonly since: number
  readonly timeoutSeconds: number
}

/** The watches of a fake API server, and the changes that they tell of. */
export class Watches {
  /** They are opened and never say anything. */
  areSilent = false

  readonly #clock: Clock
  readonly #open = new Set<Watcher>()
  readonly #history: { readonly version: number; readonly collection: string; readonly event: RecordedEvent }[] = []
  #oldest = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#open.size
  }

  open({ since, timeoutSeconds, ...watcher }: WatchRequest): void {
    const { response } = watcher
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    if (since < this.#oldest) {
      writeLine(response, { type: 'ERROR', object: answers.expired.body })
      response.end()
      return
    }
    this.#open.add(watcher)
    const isClosed = new AbortController()
    response.on('close', () => {
      this.#open.delete(watcher)
      isClosed.abort()
    })
    for (const { version, collection, event } of this.#history) {
      if (version > since) this.#tellOne(watcher, collection, event)
    }
    const untilUnixMs = this.#clock.nowUnixMs() + timeoutSeconds * 1000
    void this.#clock.sleepUntil(untilUnixMs, isClosed.signal).then(() => response.end())
  }

  tell(version: number, collection: string, event: RecordedEvent): void {
    this.#history.push({ version, collection, event })
    for (const watcher of this.#open) this.#tellOne(watcher, collection, event)
  }

  /** As a server that closes them. */
  end(): void {
    for (const { response } of this.#open) response.end()
    this.#open.clear()
  }

  /** What was before this version is forgotten: they are told 410, now and when they ask for it. */
  forget(oldest: number): void {
    this.#oldest = oldest
    for (const { response } of this.#open) writeLine(response, { type: 'ERROR', object: answers.expired.body })
    this.end()
  }

  #tellOne({ collection, name, response }: Watcher, where: string, { type, object }: RecordedEvent): void {
    if (this.areSilent || where !== collection || (name !== undefined && name !== object.metadata.name)) return
    writeLine(response, { type, object })
  }
}

const writeLine = (response: ServerResponse, value: unknown): void => {
  response.write(`${JSON.stringify(value)}\n`)
}
