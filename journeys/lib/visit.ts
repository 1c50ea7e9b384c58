import { sleep } from 'k6'
import http, { type RefinedResponse } from 'k6/http'
import type { EpisodeEvent } from '../../generators/emergency/episode-event.ts'
import { preparedAppointmentId, slotId } from '../../generators/fhir/naming.ts'
import { rowDraws } from '../../generators/row-draws.ts'
import { rowUniform } from '../../generators/row-uniform.ts'
import { systemOf } from '../../generators/system-of.ts'
import { thinkAfterMs } from '../../generators/think-times.ts'
import type { StepOutcome, WriteKind, WriteState } from '../../model/outcome.ts'
import type { SystemName } from '../../model/system.ts'
import type { Clock } from './clock.ts'
import { emit } from './emit.ts'
import { outcomeOf } from './fhir-r4.ts'
import { baseUrlOf, hasPauses, namespace, target } from './settings.ts'
import { authorization, dropToken, keepToken, needsToken, requestToken } from './token.ts'
import { traceId, traceparent } from './trace.ts'
import type { Turn } from './turn.ts'

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Relative to the base of the system; empty for a transaction. */
  readonly path: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly contentType?: string
  /** Whether exactly one of many such requests can win. */
  readonly contended?: boolean
  /** What is asked for in place of FHIR JSON. */
  readonly accept?: string
  /** What the answer's Content-Type must name, where that is not what is asked for: `json`, `multipart/related`. */
  readonly mediaType?: string
  /** Whether a body that came whole is what was asked for; one that is not makes the request fail. */
  readonly isSound?: (body: string) => boolean
  /** The same of bytes; then they are asked for, and no text is kept. */
  readonly areSound?: (bytes: ArrayBuffer) => boolean
  /** Whether the connection is given up: the actor will not need it for a while. */
  readonly closes?: boolean
  /** Another system than the journey's own. */
  readonly system?: SystemName
  /** The search that must find nothing for a create to happen. */
  readonly ifNoneExist?: string
}

export interface Answer {
  readonly outcome: StepOutcome
  readonly status: number
  readonly body: string
  /** Where bytes were asked for. */
  readonly bytes?: ArrayBuffer
  readonly contentType: string
}

/** What a write is about: the identifier of an appointment, task, payment or event, and FHIR ids. */
export interface About {
  readonly identifier: string
  readonly patient: string
  /** Empty where there is none. */
  readonly slot: string
  /** The slot that a move leaves. */
  readonly fromSlot?: string
  /** Of an event: how many resources it writes. */
  readonly parts?: number
  /** Of a document: SHA-1 of its bytes, in base64. */
  readonly digest?: string
}

/** What a row has got hold of so far. */
export interface Progress {
  /** FHIR ids of the slots chosen, held or booked, one for each item of the prescription; empty for none. */
  slots: readonly string[]
  /** FHIR id of its appointment; empty before there is one. */
  appointmentId: string
  /** When its booking was confirmed, on the run's clock. */
  bookedMs: number
  /** Offers given back so far; each further hold has an identifier of its own. */
  released: number
  /** Documents of a health record that were listed, where their bytes are and what they must be. */
  documents: readonly ListedDocument[]
}

/** A document as its reference tells of it. */
export interface ListedDocument {
  readonly url: string
  readonly sizeBytes: number
  /** SHA-1 of its bytes, in base64. */
  readonly digest: string
}

/** One row being walked by one actor: its steps, its pauses, and what it tells the collector. */
export class Visit {
  readonly turn: Turn
  readonly progress: Progress
  readonly #clock: Clock
  readonly #trace: string
  readonly #baseUrl: string
  #at: number
  #requests = 0
  #choices = 0
  #isFirst: boolean

  constructor(turn: Turn, clock: Clock) {
    this.turn = turn
    this.#at = turn.entry
    this.#isFirst = turn.entry === 0
    const { place, stream, row } = turn
    this.progress = {
      slots: place ? [slotId(namespace, place.agenda, place.slot)] : [],
      appointmentId: place ? preparedAppointmentId(namespace, stream.name, row) : '',
      bookedMs: 0,
      released: 0,
      documents: [],
    }
    this.#clock = clock
    this.#baseUrl = baseUrlOf(systemOf(turn.journey), turn.stream.name)
    this.#trace = traceId(turn.seed, turn.row)
  }

  get nowMs(): number {
    return this.#clock.nowMs()
  }

  /** The step that the row is at. */
  get step(): string {
    return this.turn.steps[this.#at]?.step ?? ''
  }

  /** The row goes to the step at this index. */
  goTo(index: number): void {
    this.#at = index
  }

  /** The event of an episode that the step belongs to. */
  get event(): EpisodeEvent {
    const event = this.turn.events[this.#at]
    if (!event) throw new Error(`expected an event at step ${this.step} of ${this.turn.journey}, got none`)
    return event
  }

  /** Whether this step is behind the row, or was when it entered. */
  hasBehind(step: string): boolean {
    const index = this.turn.steps.findIndex((paced) => paced.step === step)
    return index >= 0 && index < this.#at
  }

  /** How often the row has been at this step before this time. */
  timesBefore(step: string): number {
    let times = 0
    for (let index = 0; index < this.#at; index++) if (this.turn.steps[index]?.step === step) times++
    return times
  }

  /** A number in [0, 1) for the row's next choice. */
  choose(): number {
    return rowUniform(this.turn.seed, rowDraws.choices + this.#choices++)
  }

  /** The pause after the step that the row is at; after a step of another name as at its first time. */
  think(step = this.step): void {
    this.#pause(step === this.step ? this.#at : this.turn.steps.findIndex((paced) => paced.step === step))
  }

  /** Waits for a system, as its software does: also where people do not pause. */
  wait(ms: number): void {
    sleep(ms / 1000)
  }

  /** What an actor still does when the business is done: the pause after the last step. */
  wrapUp(): void {
    this.#pause(this.turn.steps.length - 1)
  }

  #pause(index: number): void {
    if (!hasPauses) return
    const thinkMs = thinkAfterMs(this.turn.seed, this.turn.steps, index)
    if (thinkMs > 0) sleep(thinkMs / 1000)
  }

  /**
   * Sends one request as the step the row is at, or as another; emits its sample. A token that is missing is fetched first, as
   * a step of its own, and one that the server no longer takes is renewed once.
   */
  request(request: Request, step = this.step): Answer {
    const answer = this.#authorized(request, step)
    if (answer.status !== 401 || !dropToken()) return answer
    return this.#authorized(request, step)
  }

  /** Sends one request as the step the row is at with credentials of somebody else, or none, and whatever comes of it. */
  knock(request: Request, authorization: string, url?: string): Answer {
    return this.#timed(this.step, request, (headers) => {
      const complete = this.#complete(headers, request)
      if (authorization === '') delete complete.Authorization
      else complete.Authorization = authorization
      return this.#send(request, complete, url)
    })
  }

  #authorized(request: Request, step: string): Answer {
    if (needsToken()) {
      const token = this.#timed('token', {}, (headers) => requestToken(headers, this.turn.stream.name))
      if (token.outcome !== 'ok') return token
      keepToken(token.body)
    }
    return this.#timed(step, request, (headers) => this.#send(request, this.#complete(headers, request)))
  }

  /** Tells the ledger what is known of a write. */
  write(write: WriteKind, state: WriteState, about: About): void {
    emit({ kind: 'write', write, state, stream: this.turn.stream.name, row: this.turn.row, atMs: this.nowMs, ...about })
  }

  /** Tells that somebody was shown what is another's. */
  disclose(of: { readonly patient: string; readonly shown: string; readonly owner: string }): void {
    emit({ kind: 'disclosed', stream: this.turn.stream.name, row: this.turn.row, atMs: this.nowMs, ...of })
  }

  #complete(
    headers: Record<string, string>,
    { contentType, ifNoneExist, accept, closes = false }: Request,
  ): Record<string, string> {
    headers.Accept = accept ?? 'application/fhir+json'
    headers['Cache-Control'] = 'no-cache'
    for (const [name, variable] of extraHeaders) headers[name] = __ENV[variable] ?? ''
    const token = authorization()
    if (token !== '') headers.Authorization = token
    if (contentType !== undefined) {
      headers['Content-Type'] = contentType
      if (isFhir(contentType)) headers.Prefer = 'return=minimal'
    }
    if (ifNoneExist !== undefined) headers['If-None-Exist'] = ifNoneExist
    const isLast = this.#at === this.turn.steps.length - 1
    if (closes || (isLast && this.turn.stream.connection === 'fresh')) headers.Connection = 'close'
    return headers
  }

  #send(
    { method, path, body, areSound, system }: Request,
    headers: Record<string, string>,
    url = system ? baseUrlOf(system, this.turn.stream.name) : this.#baseUrl,
  ): AnyResponse {
    // k6 takes typed arrays too, and sends only what a subarray covers; its types know buffers alone.
    return http.request(method, path === '' ? url : `${url}/${path}`, (body as string | undefined) ?? null, {
      headers,
      timeout: target.requestTimeoutMs,
      responseType: areSound ? 'binary' : 'text',
    })
  }

  #timed(step: string, request: Partial<Request>, call: (headers: Record<string, string>) => AnyResponse): Answer {
    const startedMs = this.nowMs
    const response = call({ traceparent: traceparent(this.#trace, this.#requests++) })
    const body = typeof response.body === 'string' ? response.body : ''
    const { contended = false, accept = 'json', mediaType = accept } = request
    // A transaction is answered with a Bundle in any case.
    const mayBeEmpty = isFhir(request.contentType) && request.path !== ''
    const asWhole = outcomeOf(response, { contended, mediaType, mayBeEmpty })
    const outcome = asWhole === 'ok' && !isSound(response, request) ? 'failed' : asWhole
    const isFirst = this.#isFirst && step !== 'token' && response.status !== 401
    const durationMs = response.status === 0 ? this.nowMs - startedMs : wallMs(response)
    emit({
      kind: 'step',
      stream: this.turn.stream.name,
      journey: this.turn.journey,
      step,
      row: this.turn.row,
      outcome,
      startedMs,
      durationMs: micros(durationMs),
      fromDueMs: isFirst ? micros(startedMs - this.turn.dueMs + durationMs) : undefined,
      evidence: outcome === 'ok' ? undefined : { status: response.status, traceId: this.#trace, body: redacted(body) },
    })
    if (isFirst) this.#isFirst = false
    const contentType = response.headers['Content-Type'] ?? ''
    const bytes = typeof response.body === 'string' || response.body === null ? undefined : response.body
    return { outcome, status: response.status, body, contentType, ...(bytes && { bytes }) }
  }
}

type AnyResponse = RefinedResponse<'text'> | RefinedResponse<'binary'>

/** Of the target, with the variables that hold their values. */
const extraHeaders = Object.entries(target.headers ?? {})

/** Resources and patches; what is asked for in return is the least. */
const isFhir = (contentType = ''): boolean => contentType.includes('json')

/** Whether the body is what was asked for. */
const isSound = ({ body }: AnyResponse, { isSound: ofText, areSound: ofBytes }: Partial<Request>): boolean =>
  (ofText?.(typeof body === 'string' ? body : '') ?? true) &&
  (ofBytes?.(typeof body === 'string' || body === null ? new ArrayBuffer(0) : body) ?? true)

/** k6's `duration` leaves out waiting for a connection, connecting and TLS. Parts: ms. */
const wallMs = ({ timings }: AnyResponse): number =>
  timings.blocked + timings.connecting + timings.tls_handshaking + timings.duration

/** To the microsecond: more digits are only noise in the sample. */
const micros = (ms: number): number => Math.round(ms * 1000) / 1000

/** The beginning of a body without what could name a person: codici fiscali, even wrong ones, and quoted names. */
const redacted = (body: string): string => body.slice(0, 300).replace(/[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]/g, '…')
